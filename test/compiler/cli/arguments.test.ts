import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { targets } from "../../../compiler/emit/registry.js";
import { hetuc, repository, temporaryFolder } from "./hetuc.js";
import { GOOD } from "./schemas.js";

const commands = ["build", "check", "lint", "fmt", "explain", "graph", "init"];

describe("the arguments of hetuc", () => {
  it("prints the version of the package", async () => {
    const { version } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as { version: string };
    expect(await hetuc(["--version"], { cwd: repository })).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("prints help with examples, commands and exit codes", async () => {
    const { code, stdout } = await hetuc(["--help"], { cwd: repository });
    expect(code).toBe(0);
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("Exit codes:");
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  it.each(commands)("prints help with examples for %s", async (command) => {
    const { code, stdout } = await hetuc([command, "--help"], { cwd: repository });
    expect(code).toBe(0);
    expect(stdout).toContain(`hetuc ${command}`);
    expect(stdout).toContain("Examples:");
  });

  it("lists every target in the help of build", async () => {
    const { stdout } = await hetuc(["build", "--help"], { cwd: repository });
    for (const { name } of targets) expect(stdout).toMatch(new RegExp(`^  ${name.replace(".", "\\.")} `, "m"));
  });

  it("prints its help to stderr and fails when no command is given", async () => {
    const { code, stdout, stderr } = await hetuc([], { cwd: repository });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: hetuc");
  });

  it("names an unknown command and suggests the nearest one", async () => {
    const { code, stderr } = await hetuc(["biuld"], { cwd: repository });
    expect(code).toBe(2);
    expect(stderr).toContain("`biuld`");
    expect(stderr).toContain("did you mean `build`?");
  });

  it("names an unknown option and suggests the nearest one", async () => {
    const { code, stderr } = await hetuc(["build", "--wach"], { cwd: repository });
    expect(code).toBe(2);
    expect(stderr).toContain("`--wach`");
    expect(stderr).toContain("did you mean `--watch`?");
  });

  it("takes `csharp` for client-csharp", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const { code } = await hetuc(["build", "--target", "csharp"], { cwd: folder.path });
    expect(code).toBe(0);
    expect(await folder.read("generated/client-csharp/HeTu.asmdef")).toContain('"name": "HeTu"');
  });

  it("names an unknown target and suggests the nearest one", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const { code, stderr } = await hetuc(["build", "--target", "server-ts,client-tss"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("there is no target `client-tss`");
    expect(stderr).toContain("did you mean `client-ts`?");
  });

  it("names a format that does not exist and lists the ones that do", async () => {
    const { code, stderr } = await hetuc(["check", "--format", "xml"], { cwd: repository });
    expect(code).toBe(2);
    expect(stderr).toMatch(/xml.*text, json, github, sarif/s);
  });

  it("refuses a surplus argument", async () => {
    const { code, stderr } = await hetuc(["check", "schema.hetu"], { cwd: repository });
    expect(code).toBe(2);
    expect(stderr).toContain("too many arguments");
  });

  it("says what to do in a folder without a schema", async () => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await hetuc(["check"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("no schema file matches `schema/**/*.hetu`");
    expect(stderr).toContain("hetuc init");
  });

  it("names a schema file that is not UTF-8", async () => {
    await using folder = await temporaryFolder({ "schema/good.hetu": GOOD });
    const { writeFile } = await import("node:fs/promises");
    await writeFile(join(folder.path, "schema/latin.hetu"), Buffer.from([0x6e, 0xe9, 0x0a]));
    const { code, stderr } = await hetuc(["check"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("schema/latin.hetu is not valid UTF-8");
  });
});
