import { readFile, readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { tooManySyntaxErrors } from "../../../compiler/diagnostics/codes/syntax.js";
import { allCodes, findCode, lintCodes } from "../../../compiler/diagnostics/registry.js";
import { compileSources } from "../../../compiler/pipeline.js";

function compileExample(example: string | readonly string[]) {
  const texts = typeof example === "string" ? [example] : example;
  return compileSources(texts.map((text, index) => ({ path: `example${index}.hetu`, text })));
}

describe("the table of codes", () => {
  it("gives each code once, as HT and four digits", () => {
    const codes = [...allCodes, ...lintCodes].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^HT\d{4}$/.test(code))).toEqual([]);
  });

  it("finds a code in any letter case, and nothing else", () => {
    expect(findCode("ht2009")?.name).toBe("unknownType");
    expect(findCode("HT0000")).toBeUndefined();
  });

  it("lists the same codes as docs/diagnostics.md, with the same severities", async () => {
    const page = await readFile(new URL("../../../docs/diagnostics.md", import.meta.url), "utf8");
    const listed = [...page.matchAll(/^\| (HT\d{4}) \| (\w+) \|/gm)].map(([, code, severity]) => `${code} ${severity}`);
    expect(listed).toEqual([...allCodes, ...lintCodes].map(({ code, severity }) => `${code} ${severity}`));
  });
});

describe.each(allCodes)("the page of $code, $name", ({ code, severity, page }) => {
  it("has a wrong example that yields exactly this code", () => {
    const { diagnostics, model } = compileExample(page.wrong);
    const given = new Set(diagnostics.map((each) => each.code));
    // The note that there are too many errors does not come without errors.
    if (code === tooManySyntaxErrors.code) expect([...given]).toContain(code);
    else expect([...given]).toEqual([code]);
    expect(diagnostics.find((each) => each.code === code)?.severity).toBe(severity);
    if (severity === "error") expect(model).toBeUndefined();
  });

  it("has a right example that yields nothing", () => {
    const { diagnostics, model } = compileExample(page.right);
    expect(diagnostics.map((each) => `${each.code} ${each.message}`)).toEqual([]);
    expect(model).toBeDefined();
  });
});

describe.each(allCodes.filter(({ alwaysHelps }) => alwaysHelps))("the help of $code, $name", ({ code, page }) => {
  it("tells what to do", () => {
    const { diagnostics } = compileExample(page.wrong);
    const without = diagnostics.filter((each) => each.code === code && (each.help ?? "") === "");
    expect(without.map(({ message }) => message)).toEqual([]);
  });
});

describe("the rules", () => {
  it("have one test file each, and each test file a rule", async () => {
    const stems = async (folder: string, ending: string): Promise<readonly string[]> =>
      (await readdir(new URL(folder, import.meta.url)))
        .filter((name) => name.endsWith(ending) && name !== "index.ts")
        .map((name) => name.slice(0, -ending.length))
        .sort();
    expect(await stems("../check/rules/", ".test.ts")).toEqual(await stems("../../../compiler/check/rules/", ".ts"));
  });
});
