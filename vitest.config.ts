import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^hetu$/, replacement: inProject("./runtime/index.ts") },
      { find: /^hetu\/compiler$/, replacement: inProject("./compiler/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx", "schema-examples/*/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/**/fixtures/**"],
    // Servers and child processes of a test are real, and many tests wait for them: a few files at a time.
    pool: "forks",
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
