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

test("hetu start refuses it and names each construct that it cannot run, and where that stands", async () => {
  const programs = await Programs.build();
  const data = await mkdtemp(join(tmpdir(), "hetu-kitchen-"));
  try {
    const program = new Program(programs.hetu, ["start", "--data", data, "--port", "0", "--metrics", "off"], {
      cwd: folder,
    });
    expect((await program.exited).code).toBe(2);
    const constructs = program.lines.filter((line) => /^\s+- /.test(line)).map((line) => line.trim());
    expect(constructs).toStrictEqual(["- @every of system reap", "- @cron of system nightly"]);
    expect(program.text).toContain("namespace kitchen");
  } finally {
    await programs.remove();
    await rm(data, { recursive: true, force: true });
  }
});
