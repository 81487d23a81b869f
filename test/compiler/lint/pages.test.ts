import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { type CodeInfo, lintCodes } from "../../../compiler/diagnostics/registry.js";
import { schemaRules } from "../../../compiler/lint/rules/schema-rules.js";
import { serverRules } from "../../../compiler/lint/rules/server-rules.js";
import { findings, linted } from "./linted.js";

function example({ code }: CodeInfo, of: CodeInfo["page"]["wrong"]) {
  const [schema = "", server] = typeof of === "string" ? [of] : of;
  return {
    schema,
    ...(server === undefined ? {} : { code: server }),
    settings: { levels: { [code]: "warn" as const } },
  };
}

it.each(lintCodes)("the wrong example of $code ($name) yields it alone, with help", (info) => {
  const found = linted(example(info, info.page.wrong));
  expect([...new Set(found.map(({ code }) => code))]).toEqual([info.code]);
  expect(found.filter(({ help }) => (help ?? "") === "")).toEqual([]);
});

it.each(lintCodes)("the right example of $code ($name) yields nothing", (info) => {
  expect(findings(example(info, info.page.right))).toEqual([]);
});

it("each code has a rule, save the one about comments, and each rule a code", () => {
  const ruled = [...schemaRules, ...serverRules].map(({ code }) => code).sort();
  expect([...ruled, "HT8010"]).toEqual(lintCodes.map(({ code }) => code));
});

it("docs/lint.md has a part for each code, and for no other", async () => {
  const page = await readFile(new URL("../../../docs/lint.md", import.meta.url), "utf8");
  const parts = [...page.matchAll(/^## (HT\d{4}) (\w+)$/gm)].map(([, code, name]) => `${code} ${name}`);
  expect(parts).toEqual(lintCodes.map(({ code, name }) => `${code} ${name}`));
});
