/** The import directions of docs/architecture.md. @type {import("dependency-cruiser").IConfiguration} */
const configuration = {
  forbidden: [
    {
      name: "no-circular",
      comment: "A cycle means that two modules are one.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: { pathNot: "^(test|bench|schema-examples)/" },
      to: { couldNotResolve: true },
    },
    {
      name: "declared-dependencies-only",
      comment: "What ships may import only what package.json lists under dependencies.",
      severity: "error",
      from: { path: "^(compiler|runtime)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },

    ...layer("compiler/source", ["compiler/source"]),
    ...layer("compiler/diagnostics", ["compiler/diagnostics", "compiler/source"]),
    ...layer("compiler/syntax", ["compiler/syntax", "compiler/diagnostics", "compiler/source"]),
    ...layer("compiler/model", ["compiler/model"]),
    ...layer("compiler/graph", ["compiler/graph", "compiler/model"]),
    ...layer("compiler/check", [
      "compiler/check",
      "compiler/model",
      "compiler/syntax",
      "compiler/diagnostics",
      "compiler/source",
    ]),
    ...layer("compiler/diff", [
      "compiler/diff",
      "compiler/model",
      "compiler/check",
      "compiler/syntax",
      "compiler/diagnostics",
      "compiler/source",
    ]),
    ...layer("compiler/lint", [
      "compiler/lint",
      "compiler/graph",
      "compiler/model",
      "compiler/check",
      "compiler/syntax",
      "compiler/diagnostics",
      "compiler/source",
    ]),
    ...layer("compiler/emit", ["compiler/emit", "compiler/model", "compiler/source", "compiler/diagnostics"]),
    ...layer("compiler/format", ["compiler/format", "compiler/syntax", "compiler/diagnostics", "compiler/source"]),
    {
      name: "pipeline-is-pure",
      comment: "The command line, the language server and the tests all use the pipeline: it knows none of them.",
      severity: "error",
      from: { path: "^compiler/pipeline\\.ts$" },
      to: { path: "^compiler/(cli|config|init|emit|language-server)" },
    },
    {
      name: "nothing-imports-the-command-line",
      severity: "error",
      from: { pathNot: "^(compiler/cli(/|\\.ts$)|test/)" },
      to: { path: "^compiler/cli(/|\\.ts$)" },
    },

    {
      name: "language-server-knows-no-command-line",
      comment: "What the editor shows is what `hetuc check` says: both stand on the pipeline.",
      severity: "error",
      from: { path: "^compiler/language-server/" },
      to: { path: "^compiler/(cli|init|emit)(/|\\.ts$)" },
    },
    {
      name: "features-are-pure",
      comment: "Features take a snapshot and give plain values, so that the page of the playground can use them, too.",
      severity: "error",
      from: { path: "^compiler/language-server/(project|features|actions)/" },
      to: { path: "^compiler/(config|language-server/server)/|(^|/)node_modules/vscode-(languageserver|jsonrpc)/" },
    },
    {
      name: "features-have-no-node",
      severity: "error",
      from: { path: "^compiler/language-server/(project|features|actions)/" },
      to: { dependencyTypes: ["core"] },
    },

    {
      name: "page-has-no-node",
      comment: "The playground runs in a browser: the compiler, the emitters and the features, nothing of a disk.",
      severity: "error",
      from: { path: "^(editor|compiler)/playground/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "targets-apart",
      comment: "A target imports what targets share, never another target.",
      severity: "error",
      from: { path: "^compiler/emit/((?!client-shared/)[^/]+)/" },
      to: { path: "^compiler/emit/[^/]+/", pathNot: "^compiler/emit/($1|client-shared)/" },
    },
    {
      name: "shared-part-knows-no-target",
      severity: "error",
      from: { path: "^compiler/emit/client-shared/" },
      to: { path: "^compiler/emit/[^/]+/", pathNot: "^compiler/emit/client-shared/" },
    },
    {
      name: "only-the-registry-lists-targets",
      severity: "error",
      from: { path: "^compiler/emit/[^/]+\\.ts$", pathNot: "^compiler/emit/registry\\.ts$" },
      to: { path: "^compiler/emit/(?!client-shared/)[^/]+/" },
    },

    {
      name: "runtime-stands-alone",
      comment: "The server runs without the compiler; `hetu dev` starts it as a program.",
      severity: "error",
      from: { path: "^runtime/" },
      to: { path: "^(compiler|templates|generated|schema-examples|test|bench|scripts)/" },
    },
    {
      name: "compiler-stands-alone",
      severity: "error",
      from: { path: "^compiler/" },
      to: { path: "^(runtime|templates|generated|schema-examples|test|bench|scripts)/" },
    },
    {
      name: "wire-is-portable",
      comment: "The wire's source is also the client's: no I/O, nothing of the server.",
      severity: "error",
      from: { path: "^runtime/wire/" },
      to: { path: "^runtime/", pathNot: "^runtime/wire/" },
    },
    {
      name: "wire-has-no-node",
      severity: "error",
      from: { path: "^runtime/wire/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "templates-import-only-the-wire",
      severity: "error",
      from: { path: "^templates/" },
      to: { path: "^(compiler|runtime|generated|schema-examples|test|bench|scripts)/", pathNot: "^runtime/wire/" },
    },
    {
      name: "templates-have-no-node",
      comment: "Clients run in browsers and workers too.",
      severity: "error",
      from: { path: "^templates/" },
      to: { dependencyTypes: ["core"] },
    },

    {
      name: "typescript-only-in-lint",
      comment: "Fifteen megabytes that only `hetuc lint` loads, and only when there is code to read.",
      severity: "error",
      from: { path: "^(compiler|runtime)/", pathNot: "^compiler/lint/(server|rules)/" },
      to: { path: "(^|/)node_modules/(ts-morph|typescript)/" },
    },
    {
      name: "redis-only-in-its-store",
      severity: "error",
      from: { path: "^(compiler|runtime)/", pathNot: "^runtime/store/redis/" },
      to: { path: "(^|/)node_modules/(ioredis|redis)/" },
    },
    {
      name: "lmdb-only-in-its-store",
      severity: "error",
      from: { path: "^(compiler|runtime)/", pathNot: "^runtime/store/embedded/" },
      to: { path: "(^|/)node_modules/lmdb/" },
    },
    {
      name: "sockets-only-in-the-gate",
      severity: "error",
      from: { path: "^(compiler|runtime)/", pathNot: "^runtime/gate/" },
      to: { path: "(^|/)node_modules/(@types/)?ws/" },
    },
    {
      name: "disk-only-at-the-edge",
      comment:
        "Within the compiler only the command line, the configuration and the file writer touch the disk, and the reader of the SDK's own source.",
      severity: "error",
      from: {
        path: "^compiler/",
        pathNot:
          "^compiler/(cli(/|\\.ts$)|config/|init/|emit/write-files\\.ts$|emit/client-shared/sdk-files\\.ts$|language-server/server/)",
      },
      to: { path: "^(node:)?(fs|child_process)(/promises)?$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|coverage|fixtures|generated)/|^compiler/init/template/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
    detectProcessBuiltinModuleCalls: true,
  },
};

/**
 * One rule: a folder of the compiler may import only these folders of the project.
 * @param {string} from
 * @param {readonly string[]} mayImport
 */
function layer(from, mayImport) {
  return [
    {
      name: `${from.replace("/", "-")}-looks-down-only`,
      comment: `${from} may import only ${mayImport.join(", ")}.`,
      severity: /** @type {const} */ ("error"),
      from: { path: `^${from}/` },
      to: {
        path: "^(compiler|runtime|templates|test|scripts)/",
        pathNot: `^(${mayImport.join("|")})/`,
      },
    },
  ];
}

module.exports = configuration;
