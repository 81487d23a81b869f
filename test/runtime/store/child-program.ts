import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { afterAll, beforeAll } from "vitest";

const inProject = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/**
 * Bundles a module of the tests that opens stores, to be run as a process of its own.
 *
 * @param entry its path within the project.
 * @returns where the program is, once the tests run; it goes with them.
 */
export function useChildProgram(entry: string, plugins: Plugin[] = []): () => string {
  let folder = "";
  beforeAll(async () => {
    // Below node_modules, so that the bundle finds its packages.
    const cache = inProject("node_modules/.cache/hetu-test");
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "child-"));
    await build({
      entryPoints: [inProject(entry)],
      outfile: join(folder, "child.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      logLevel: "error",
      plugins,
    });
    // Where a script of the bundle looks for those in Lua.
    await cp(inProject("runtime/store/redis/lua"), join(folder, "lua"), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => join(folder, "child.mjs");
}
