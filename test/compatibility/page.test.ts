import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { changeKinds } from "../../compiler/diff/change-kind.js";
import { allRows } from "../../compiler/diff/registry.js";

const page = readFileSync(new URL("../../docs/compatibility.md", import.meta.url), "utf8");

it("the table of docs/compatibility.md and the registry of changes say the same, row by row", () => {
  const [, table = ""] = page.split("\n## All changes\n");
  const told = table.split("\n").filter((line) => line.startsWith("| `"));
  const known = allRows.map(({ kind, when, effects, why, help }) => {
    return `| \`${kind}\`${when === undefined ? "" : `, ${when}`} | ${effects.join(", ")} | ${why} | ${help} |`;
  });
  expect(told).toStrictEqual(known);
});

it("every kind of change has a row, and each row its own words", () => {
  expect([...new Set(allRows.map(({ kind }) => kind))]).toStrictEqual([...changeKinds]);
  for (const { kind, effects, why, help } of allRows) {
    expect(effects, kind).not.toStrictEqual([]);
    for (const text of [why, help]) expect(text, kind).toMatch(/^[A-Z`].*\.$/);
  }
});
