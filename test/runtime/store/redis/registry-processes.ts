import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll } from "vitest";
import { Program } from "../../cli/program.js";

const inProject = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** `registry-child.ts` as a program of its own. @returns what starts one; all end with the test. */
export function useRegistryProcesses(): (url: string, leaseTime?: number) => Program {
  let folder = "";
  const running: Program[] = [];
  beforeAll(async () => {
    const cache = inProject("node_modules/.cache/hetu-test");
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "registry-"));
    await build({
      entryPoints: [inProject("test/runtime/store/redis/registry-child.ts")],
      outfile: join(folder, "child.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      logLevel: "error",
    });
    // Where a script of the bundle looks for those in Lua.
    await cp(inProject("runtime/store/redis/lua"), join(folder, "lua"), { recursive: true });
  });
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.child.kill("SIGCONT");
      await program.stop("SIGKILL");
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return (url, leaseTime = 1000) => {
    const program = new Program(join(folder, "child.mjs"), [url, String(leaseTime)]);
    running.push(program);
    return program;
  };
}

/** The worker number of a process. */
export async function workerOf(program: Program): Promise<number> {
  return Number((await program.line(/^joined (\d+)/))[1]);
}

/** All ids that processes have given. */
export function idsOf(...programs: readonly Program[]): string[] {
  return programs.flatMap(({ lines }) => lines.filter((line) => /^id \d+$/.test(line)));
}
