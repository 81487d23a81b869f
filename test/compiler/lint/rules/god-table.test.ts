import { expect, it } from "vitest";
import { linted, server } from "../linted.js";

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

const wide = `namespace game
component Player {
  owner: i64 @unique
${["hp", "quest_id", "quest_step", "quest_state", "old_a", "old_b"].map((name) => `  ${name}: i32\n`).join("")}
${Array.from({ length: 20 }, (_, at) => `  c${at}: i32\n`).join("")}}
system fight() uses Player
system trade() uses Player
`;

it("names columns that begin with the same word, when there is no code", () => {
  expect(linted({ schema: wide })[0]?.help).toContain("3 begin with `quest_`: `quest_id`, `quest_step`, `quest_state`");
});

it("names the columns that no code names, and those that only one system names, also in a function that it calls", () => {
  const all = Array.from({ length: 20 }, (_, at) => `row.c${at}`).join(" + ");
  const code = server(
    `async fight(ctx) { const row: any = await ctx.Player.get({ id: 1n }); row.hp = ${all}; },
     async trade(ctx) { const row = await ctx.Player.get({ id: 1n }); give(row); },`,
    `function give(row: any) { const { questId, c0 } = row; row.questStep = row["questState"] + ${all}; }`,
  );
  const [found] = linted({ schema: wide, code });
  expect(found?.message).toMatch(/, and no code of the server names `old_a`, `old_b`$/);
  expect(found?.help).toContain("only `trade` names `quest_id`, `quest_step`, `quest_state`");
  expect(found?.help).not.toContain("only `fight`");
});
