import { describe, expect, it } from "vitest";
import { type Finished, hetuc, temporaryFolder } from "./hetuc.js";
import { GOOD, WARNED, WRONG } from "./schemas.js";

async function check(
  schema: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  await using folder = await temporaryFolder({ "schema/shop.hetu": schema });
  return await hetuc(["check", ...args], { cwd: folder.path, env });
}

describe("hetuc check", () => {
  it("says nothing and succeeds on a schema without problems", async () => {
    expect(await check(GOOD)).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("prints errors with place, excerpt, help and a summary to stderr and fails", async () => {
    const { code, stdout, stderr } = await check(WRONG);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("schema/shop.hetu:7:10");
    expect(stderr).toContain("kind:  i33");
    expect(stderr).toMatch(/^error\[HT\d{4}\]: .*`i33`/m);
    expect(stderr).toMatch(/1 error/);
  });

  it("prints warnings and hints with a summary and succeeds", async () => {
    const { code, stderr } = await check(`${WARNED}\nenum Unused { none }\n`);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^hint\[HT6007\]: enum `Unused` is never used/m);
    expect(stderr).toMatch(/^warning\[HT\d{4}\]: .*`pickUp`/m);
    expect(stderr).toMatch(/1 warning/);
  });

  it("reports the problems of all files in one run", async () => {
    await using folder = await temporaryFolder({
      "schema/a.hetu": WRONG,
      "schema/b.hetu": WRONG.replace("shop", "farm"),
    });
    const { stderr } = await hetuc(["check"], { cwd: folder.path });
    expect(stderr).toContain("schema/a.hetu:7:10");
    expect(stderr).toContain("schema/b.hetu:7:10");
  });

  it.each([["--json"], ["--format", "json"]])("prints diagnostics as JSON with %s %s", async (...args) => {
    const { code, stdout, stderr } = await check(WRONG, args.filter(Boolean));
    expect([code, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [{ severity: "error", code: expect.stringMatching(/^HT\d{4}$/) as string }],
    });
  });

  it("prints an empty list as JSON when there is nothing to tell", async () => {
    const { code, stdout } = await check(GOOD, ["--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [] });
  });

  it("prints a SARIF log with --format sarif, also without problems", async () => {
    const wrong = await check(WRONG, ["--format", "sarif"]);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "hetuc" } }, results: [{ level: "error" }] }],
    });
    const good = await check(GOOD, ["--format", "sarif"]);
    expect(JSON.parse(good.stdout)).toMatchObject({ version: "2.1.0", runs: [{ results: [] }] });
  });

  it("prints annotations with --format github, and in a GitHub workflow by itself", async () => {
    for (const outcome of [
      await check(WRONG, ["--format", "github"]),
      await check(WRONG, [], { GITHUB_ACTIONS: "true" }),
    ]) {
      expect(outcome.code).toBe(1);
      expect(outcome.stdout).toMatch(/^::error file=schema\/shop\.hetu,line=7,/m);
    }
  });

  it("prints text in a GitHub workflow when asked to", async () => {
    const { stdout, stderr } = await check(WRONG, ["--format", "text"], { GITHUB_ACTIONS: "true" });
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error\[HT/m);
  });

  it("has no colours in a pipe, has them under FORCE_COLOR, and never under NO_COLOR", async () => {
    expect((await check(WRONG)).stderr).not.toContain("\x1b[");
    expect((await check(WRONG, [], { FORCE_COLOR: "1" })).stderr).toContain("\x1b[");
    expect((await check(WRONG, [], { FORCE_COLOR: "0" })).stderr).not.toContain("\x1b[");
    expect((await check(WRONG, [], { FORCE_COLOR: "1", NO_COLOR: "1" })).stderr).not.toContain("\x1b[");
  });

  it("writes nothing", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await hetuc(["check"], { cwd: folder.path });
    expect(Object.keys(await folder.tree("."))).toEqual(["schema/shop.hetu"]);
  });
});
