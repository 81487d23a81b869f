// Records the vectors of test/conformance/vectors anew from what the server says now. `--check` writes nothing, and
// fails when a file differs. The recorder is TypeScript and runs from source: no build is needed.
import { build } from "esbuild";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const check = process.argv.includes("--check");
const folder = join(root, "node_modules/.cache/hetu");
// A name of its own for each run: two may go on at the same time.
const bundle = join(folder, `record-conformance-${process.pid}.mjs`);

mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [join(root, "test/conformance/recorder/main.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  alias: { hetu: join(root, "runtime/index.ts") },
  // Where modules ask for their own place, they mean the one in the repository.
  define: { "import.meta.url": "import_meta_url" },
  banner: {
    js: `const import_meta_url = ${JSON.stringify(pathToFileURL(join(root, "test/fixtures/world/model.ts")).href)};`,
  },
  logLevel: "warning",
});
try {
  const { record } = /** @type {typeof import("../test/conformance/recorder/main.ts")} */ (
    await import(pathToFileURL(bundle).href)
  );
  const stale = await record(root, check);
  for (const path of stale) console.error(`conformance: test/conformance/vectors/${path} is not what is recorded now`);
  if (stale.length > 0) console.error("conformance: run `npm run conformance`, look at the difference, and commit it");
  else console.log(check ? "conformance: all vectors are fresh" : "conformance: recorded");
  process.exitCode = stale.length === 0 ? 0 : 1;
} finally {
  rmSync(bundle, { force: true });
}
