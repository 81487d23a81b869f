import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Program, Programs } from "../../../test/runtime/cli/program.js";

const folder = fileURLToPath(new URL("..", import.meta.url));
const compiler = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

test("the generated code compiles in a strict project, with a server and a client that use all of it", async () => {
  const child = spawn(process.execPath, [compiler, "-p", folder, "--noEmit", "--pretty", "false"]);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const [code] = (await once(child, "close")) as [number | null];
  expect(printed).toBe("");
  expect(code).toBe(0);
});

test("hetu start serves it, schedules and a backend of another name included, and ends as it should", async () => {
  const programs = await Programs.build();
  const data = await mkdtemp(join(tmpdir(), "hetu-kitchen-"));
  const program = new Program(programs.hetu, ["start", "--data", data, "--port", "0", "--metrics", "off"], {
    cwd: folder,
  });
  try {
    await program.line(/serving ws:\/\//);
    expect(await program.stop()).toEqual({ code: 0, signal: null });
  } finally {
    await program.stop("SIGKILL");
    await programs.remove();
    await rm(data, { recursive: true, force: true });
  }
});
