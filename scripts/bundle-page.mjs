// Bundles the page of an example: web/main.tsx to .hetu/web/main.js, from where the example's hetu.json serves it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { context } from "esbuild";

/**
 * Bundles the page once. An example without a page in TSX is left alone.
 * @param {string} folder of the example
 * @param {{ watch?: boolean }} [options] `watch`: and again after each change, until the process ends.
 */
export async function bundlePage(folder, options = {}) {
  const page = join(folder, "web/main.tsx");
  if (!existsSync(page)) return;
  const bundle = await context({
    entryPoints: [page],
    outfile: join(folder, ".hetu/web/main.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    sourcemap: true,
    define: { "process.env.NODE_ENV": JSON.stringify("development") },
    logLevel: "warning",
  });
  await bundle.rebuild();
  if (options.watch === true) await bundle.watch();
  else await bundle.dispose();
}
