import { expect, it } from "vitest";
import { linted } from "../linted.js";

function codes(columns: number, systems: number): readonly string[] {
  const fields = Array.from({ length: columns }, (_, at) => `  c${at}: i32\n`).join("");
  const calls = Array.from({ length: systems }, (_, at) => `system s${at}() uses Player\n`).join("");
  return linted({ schema: `namespace game\ncomponent Player {\n${fields}}\n${calls}` }).map(({ code }) => code);
}

it("tells of more than 24 columns that two systems use", () => {
  expect(codes(25, 2)).toEqual(["HT8002"]);
});

it("takes 24 columns, and any number that one system uses", () => {
  expect([codes(24, 2), codes(60, 1)]).toEqual([[], []]);
});
