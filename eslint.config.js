import { existsSync } from "node:fs";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "**/dist/",
    "coverage/",
    "**/.hetu/",
    "generated/",
    "**/generated/",
    "test/**/fixtures/",
    "compiler/init/template/",
    // Without its packages its types mean nothing; `.ci/run` installs them.
    ...(existsSync(new URL("editor/vscode/node_modules", import.meta.url)) ? [] : ["editor/vscode/"]),
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error", noInlineConfig: true },
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ["error", "always"],
      "no-console": "error",
      "no-constant-binary-expression": "error",
      "no-constructor-return": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-deprecated": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-mixed-enums": "error",
      "@typescript-eslint/no-unnecessary-boolean-literal-compare": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-useless-empty-export": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/prefer-promise-reject-errors": "error",
      "@typescript-eslint/restrict-plus-operands": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/unbound-method": "error",
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "error",
      // A string literal beside `string` tells the reader which value is special.
      "@typescript-eslint/no-redundant-type-constituents": "off",
      // A method of a contract may be asynchronous although this implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["scripts/**", "bench/**", "schema-examples/**"],
    rules: { "no-console": "off" },
  },
  {
    // Server code throws what `ctx.reject` gives, which never returns.
    files: ["bench/**", "schema-examples/**"],
    rules: { "@typescript-eslint/only-throw-error": "off", "@typescript-eslint/unbound-method": "off" },
  },
  {
    // It uses every construct, `@deprecated` ones, too.
    files: ["schema-examples/kitchen-sink/**"],
    rules: { "@typescript-eslint/no-deprecated": "off" },
  },
  {
    // Pages in plain JavaScript import the SDK from where the server serves it.
    files: ["schema-examples/**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // Tests name the placeholders of configuration files, pass single methods on, and throw what users may throw.
    files: ["test/**"],
    rules: {
      "no-template-curly-in-string": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    // Scripts and configuration are plain JavaScript: what JSON.parse gives is typed by their JSDoc.
    files: ["**/*.mjs", "**/*.cjs", "**/*.js"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
);
