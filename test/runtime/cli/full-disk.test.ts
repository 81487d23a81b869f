import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { decodeMessage } from "../../../runtime/wire/frames.js";
import { WireClient } from "../gate/wire-client.js";
import { Program, type ProgramOptions, Programs } from "./program.js";

const entry = fileURLToPath(new URL("./world-entry.ts", import.meta.url));
/** 2 MB: what the server needs to start fits, what the clients write does not. */
const BLOCKS = 4000;
let programs: Programs;
let data: string;
const running: Program[] = [];

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hetu-full-"));
  await writeFile(join(data, "hetu.yaml"), "server: { limits: { messages_per_second: unlimited } }\n");
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop("SIGTERM");
  await rm(data, { recursive: true, force: true });
});

function start(options: ProgramOptions): Program {
  const args = ["--entry", entry, "--data", data, "--port", "0", "--host", "127.0.0.1", "--metrics", "off"];
  const program = new Program(programs.hetu, ["start", ...args], { cwd: data, ...options });
  running.push(program);
  return program;
}

/** The port of the server that is the first to serve from line `from` on. */
async function servedPort(program: Program, from = 0): Promise<number> {
  return Number((await program.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/world/, from))[1]);
}

/** Opens accounts until the connection ends. @returns the numbers of those that were acknowledged. */
async function fill(port: number, first: number): Promise<number[]> {
  const client = await WireClient.open(port);
  const acknowledged: number[] = [];
  let next = first;
  const open = (): void => client.send("rpc", "transfer", next, next++ + 1_000_000, 1);
  client.socket.removeAllListeners("message");
  client.socket.on("message", (bytes: Buffer) => {
    const [kind] = decodeMessage(bytes) as [string];
    // Answers come in the order of the calls.
    if (kind === "rsp") acknowledged.push(first + acknowledged.length);
    open();
  });
  for (let n = 0; n < 100; n++) open();
  await client.closed;
  return acknowledged;
}

test("a full disk disconnects the clients and ends the process with a clear log, and what was acknowledged is kept", async () => {
  const program = start({ fileBlocks: BLOCKS });
  const acknowledged = await fill(await servedPort(program), 0);
  const [fatal] = await program.line(/.*the store has failed, the process must end.*/);
  expect(JSON.parse(fatal)).toMatchObject({ level: 60, instance: "world", err: { type: "StoreFailedError" } });
  // The disk is still full.
  const died = /"delayMs":(\d+),"msg":"the server died \(exit code 1\), a new one starts"/;
  await program.line(/"delayMs":500,"msg":"the server died \(exit code 1\)/);
  const delays = program.lines.flatMap((line) => died.exec(line)?.[1] ?? []);
  expect(delays).toEqual(["0", "500"]);
  expect(program.text).toContain(`error: the data in ${join(data, "world")} cannot be opened: `);
  await program.stop("SIGTERM");

  const again = start({});
  const client = await WireClient.open(await servedPort(again));
  const found = new Set<number>();
  const last = Math.max(...acknowledged);
  for (let left = 0; left <= last; left += 1000) {
    client.send("sub", "Account", "range", "number", left, left + 999, 1000);
    const [, id, rows] = (await client.next()) as [string, string, readonly { number: number }[]];
    for (const { number } of rows) found.add(number);
    client.send("unsub", id);
  }
  expect(acknowledged.filter((number) => !found.has(number))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(100);
});
