import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from "vitest";
import { WireClient } from "../gate/wire-client.js";
import { Program, Programs } from "./program.js";

const entry = fileURLToPath(new URL("./world-entry.ts", import.meta.url));
let programs: Programs;
let data: string;
const running: Program[] = [];

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hetu-start-"));
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop("SIGKILL");
  await rm(data, { recursive: true, force: true });
});

function hetu(...args: readonly string[]): Program {
  const program = new Program(programs.hetu, args, { cwd: data });
  running.push(program);
  return program;
}

function start(...args: readonly string[]): Program {
  return hetu(
    "start",
    "--entry",
    entry,
    "--data",
    data,
    "--port",
    "0",
    "--host",
    "127.0.0.1",
    "--metrics",
    "0",
    ...args,
  );
}

async function servedPort(program: Program, from = 0): Promise<number> {
  return Number((await program.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/world/, from))[1]);
}

test("--version prints the version and --help prints examples", async () => {
  const version = hetu("--version");
  expect((await version.exited).code).toBe(0);
  expect(version.text).toMatch(/^\d+\.\d+\.\d+$/);
  const help = hetu("start", "--help");
  expect((await help.exited).code).toBe(0);
  expect(help.text).toContain("Examples:");
});

test("start serves the entry until SIGTERM, and logs JSON", async () => {
  const program = start();
  const client = await WireClient.open(await servedPort(program));
  expect(await client.call("echo", "hi")).toEqual(["rsp", "hi"]);
  program.child.kill("SIGTERM");
  expect(await client.closed).toEqual({ code: 1001, reason: "the server stops" });
  expect((await program.exited).code).toBe(0);
  for (const line of program.lines) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) as unknown });
});
