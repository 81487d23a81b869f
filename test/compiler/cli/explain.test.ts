import { describe, expect, it } from "vitest";
import { allCodes, lintCodes } from "../../../compiler/diagnostics/registry.js";
import { hetuc, repository } from "./hetuc.js";

const explain = (...args: readonly string[]) => hetuc(["explain", ...args], { cwd: repository });

describe("hetuc explain", () => {
  it("prints meaning, a wrong example and the same put right", async () => {
    const info = allCodes[0]!;
    const { code, stdout } = await explain(info.code);
    expect(code).toBe(0);
    expect(stdout).toContain(info.code);
    expect(stdout).toContain(info.page.meaning.trim());
    expect(stdout).toMatch(/^Wrong$[\s\S]*^Right$/m);
  });

  it("takes a code in any letter case, and its number alone", async () => {
    const { code } = allCodes[0]!;
    const page = await explain(code);
    expect(await explain(code.toLowerCase())).toEqual(page);
    expect(await explain(code.slice("HT".length))).toEqual(page);
  });

  it("lists every code with its severity when none is given", async () => {
    const { code, stdout } = await explain();
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(allCodes.length + lintCodes.length);
    for (const [position, info] of [...allCodes, ...lintCodes].entries()) {
      expect(lines[position]).toMatch(new RegExp(`^${info.code}  ${info.severity} +\\S`));
    }
  });

  it("prints JSON with --json", async () => {
    const info = allCodes[0]!;
    const { stdout } = await explain("--json", info.code);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(info)));
  });

  it("names a code that does not exist and says how to list them", async () => {
    const { code, stderr } = await explain("XY12");
    expect(code).toBe(2);
    expect(stderr).toContain("there is no diagnostic `XY12`");
    expect(stderr).toContain("`hetuc explain` lists all codes");
  });
});
