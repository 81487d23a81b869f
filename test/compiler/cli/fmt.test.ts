import { describe, expect, it } from "vitest";
import { hetuc, temporaryFolder } from "./hetuc.js";
import { GOOD } from "./schemas.js";

const UGLY = GOOD.replace("  owner: i64 @index\n", " owner :i64   @index // who\n").replaceAll("\n\n", "\n\n\n");
const BROKEN = "namespace shop\ncomponent {\n";

describe("hetuc fmt", () => {
  it("formats the project's files in place, names those it changed, and does nothing the second time", async () => {
    await using folder = await temporaryFolder({ "schema/good.hetu": GOOD, "schema/ugly.hetu": UGLY });
    expect(await hetuc(["fmt"], { cwd: folder.path })).toEqual({ code: 0, stdout: "schema/ugly.hetu\n", stderr: "" });
    const formatted = await folder.tree("schema");
    expect(formatted["good.hetu"]).toBe(GOOD);
    expect(formatted["ugly.hetu"]).not.toBe(UGLY);
    expect(formatted["ugly.hetu"]).toContain("// who");
    expect(await hetuc(["fmt"], { cwd: folder.path })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await folder.tree("schema")).toEqual(formatted);
  });

  it("formats only the files given", async () => {
    await using folder = await temporaryFolder({ "schema/a.hetu": UGLY, "schema/b.hetu": UGLY });
    expect(await hetuc(["fmt", "schema/b.hetu"], { cwd: folder.path })).toMatchObject({ stdout: "schema/b.hetu\n" });
    expect(await folder.read("schema/a.hetu")).toBe(UGLY);
  });

  it("changes nothing with --check, lists the files and fails", async () => {
    await using folder = await temporaryFolder({ "schema/good.hetu": GOOD, "schema/ugly.hetu": UGLY });
    const { code, stdout, stderr } = await hetuc(["fmt", "--check"], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, "schema/ugly.hetu\n"]);
    expect(stderr).toContain("1 file is not formatted");
    expect(await folder.read("schema/ugly.hetu")).toBe(UGLY);
  });

  it("succeeds with --check when all is formatted", async () => {
    await using folder = await temporaryFolder({ "schema/good.hetu": GOOD });
    expect(await hetuc(["fmt", "--check"], { cwd: folder.path })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("leaves a file with syntax errors alone, reports them and formats the others", async () => {
    await using folder = await temporaryFolder({ "schema/a.hetu": BROKEN, "schema/b.hetu": UGLY });
    const { code, stdout, stderr } = await hetuc(["fmt"], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, "schema/b.hetu\n"]);
    expect(stderr).toContain("schema/a.hetu:2");
    expect(await folder.read("schema/a.hetu")).toBe(BROKEN);
  });

  it("formats standard input to standard output", async () => {
    await using folder = await temporaryFolder({ "schema/ugly.hetu": UGLY });
    const { code, stdout } = await hetuc(["fmt", "-"], { cwd: folder.path, input: UGLY });
    await hetuc(["fmt"], { cwd: folder.path });
    expect([code, stdout]).toEqual([0, await folder.read("schema/ugly.hetu")]);
  });

  it("names a file that does not exist", async () => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await hetuc(["fmt", "no.hetu"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("there is no file no.hetu");
  });
});
