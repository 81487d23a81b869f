import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn } from "../old-client.js";
import type { Scenario } from "../scenario.js";

const JOIN = "@permission(everybody) system join(team: Team) uses Item";

/** Items of a team, and a system that is told one. */
function teams(values: string, base = "u8", rest = ""): string {
  return schema({ columns: "team: Team = red", more: `enum Team: ${base} { ${values} } ${JOIN} ${rest}` });
}

const joinCode = {
  join: (context: { store(name: string): { insert(values: object): Promise<unknown> } }, team: unknown) =>
    context.store("Item").insert({ owner: 5n, team }),
};

export const enumRows: readonly Scenario[] = [
  {
    kind: "enum-added",
    old: schema(),
    now: schema({ more: "enum Mood { good, bad }" }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "enum-removed",
    old: schema({ more: "enum Mood { good, bad }" }),
    now: schema(),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "enum-value-added",
    old: teams("red, blue = 5"),
    now: teams("red, blue = 5, green = 9", "u8", "@permission(everybody) system surprise() uses Item"),
    also: ["callable-added"],
    oldCode: joinCode,
    newCode: { ...joinCode, join: (context) => context.store("Item").insert({ owner: 5n, team: "green" }) },
    async works(old) {
      await goesOn(old, [{ owner: 1n, kind: 3, team: "red" }]);
      await old.call("join", "blue");
      expect((await old.range("Item", "owner", 5n)).rows).toMatchObject([{ team: 9 }]);
    },
    data: "kept",
  },
  {
    kind: "enum-value-removed",
    old: teams("red, blue = 5"),
    now: teams("red"),
    oldCode: joinCode,
    newCode: joinCode,
    seed: (old) => old.call("join", "blue"),
    async breaks(old) {
      expect(await old.failedCall("join", "blue")).toMatchObject({ code: "BAD_ARGUMENTS" });
      await old.call("join", "red");
    },
    data: "refused",
    words: /Team\.blue/,
  },
  {
    kind: "enum-value-renamed",
    when: "stored nowhere",
    old: schema({ more: "enum Mood { good, bad } @permission(everybody) system mood(is: Mood): Mood uses Item" }),
    now: schema({ more: "enum Mood { good, grim } @permission(everybody) system mood(is: Mood): Mood uses Item" }),
    newCode: { mood: (_context, mood) => (mood === "grim" ? "grim" : "good") },
    async works(old) {
      expect(await old.call("mood", "bad")).toBe("bad");
    },
    data: "kept",
  },
  {
    kind: "enum-value-renamed",
    when: "stored",
    old: teams("red, blue = 5"),
    now: teams("red, azure = 5"),
    oldCode: joinCode,
    newCode: joinCode,
    seed: (old) => old.call("join", "blue"),
    async works(old) {
      await old.call("join", "blue");
      // With consent, the row that was blue became the default.
      expect((await old.range("Item", "owner", 5n)).rows).toMatchObject([{ team: "red" }, { team: "blue" }]);
    },
    data: "refused",
    words: /Team\.blue/,
  },
  {
    kind: "enum-value-renumbered",
    old: teams("red, blue"),
    now: teams("red = 1, blue = 0"),
    oldCode: joinCode,
    newCode: {
      async join(context, team) {
        expect(team).toBe("red");
        return joinCode.join(context, team);
      },
    },
    seed: (old) => old.call("join", "blue"),
    async breaks(old) {
      // What it calls blue is red to the server, and the row that the server has as blue is red to it.
      await old.call("join", "blue");
      expect((await old.range("Item", "owner", 5n)).rows).toMatchObject([{ team: "red" }, { team: "blue" }]);
    },
    data: "refused",
    words: /Team\.red|Team\.blue/,
  },
  {
    kind: "enum-base-changed",
    old: teams("red, blue = 5"),
    now: teams("red, blue = 5", "u16"),
    oldCode: joinCode,
    newCode: joinCode,
    async works(old) {
      await old.call("join", "blue");
      expect((await old.range("Item", "owner", 5n)).rows).toMatchObject([{ team: "blue" }]);
    },
    data: "refused",
    words: /Item\.team/,
  },
];
