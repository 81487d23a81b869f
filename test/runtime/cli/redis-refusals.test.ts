import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { useRedis } from "../../redis/index.js";
import { entry } from "./fleet.js";
import { Program, Programs } from "./program.js";

const redis = useRedis();
let programs: Programs;
let folder: string;
const running: Program[] = [];

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-refusals-"));
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** What `hetu start` with this address says, and its exit code. */
async function refusal(store: string): Promise<{ readonly code: number | null; readonly text: string }> {
  const free = ["--entry", entry, "--port", "0", "--host", "127.0.0.1", "--metrics", "0", "--no-pretty"];
  const program = new Program(programs.hetu, ["start", ...free, "--store", store], { cwd: folder });
  running.push(program);
  const { code } = await program.exited;
  return { code, text: program.text };
}

test("hetu start ends with 2 and without a stack trace on what starting again does not cure", async () => {
  const { port } = await redis.server({ args: ["--requirepass", "secret", "--databases", "2"] });
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const cases: readonly (readonly [store: string, says: RegExp])[] = [
    [`redis://127.0.0.1:${port}`, /It wants a password, .*HETU_STORE.*redis:\/\/:password@/],
    [`redis://:wrong@127.0.0.1:${port}`, /It does not take this user or password/],
    [`redis://:secret@127.0.0.1:${port}/7`, /wrong database/],
    ["redis://no-such-host.invalid", /no-such-host\.invalid/],
    [cluster.url.replace("redis-cluster:", "redis:").replace(/,.*$/, ""), /write redis-cluster:\/\/ instead/],
  ];
  for (const [store, says] of cases) {
    const { code, text } = await refusal(store);
    expect(text).toMatch(says);
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(code).toBe(2);
  }
});
