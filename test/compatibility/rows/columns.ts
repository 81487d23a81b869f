import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn, type OldClient } from "../old-client.js";
import type { Scenario } from "../scenario.js";

const ELSEWHERE = ": the server runs another version of the schema; build the client again";

/** Queries of the component end with these words; everything else goes on. */
function unusable(words: string): (old: OldClient) => Promise<void> {
  return async (old) => {
    expect((await old.failedRange("Item", "owner", 1n)).message).toBe(words + ELSEWHERE);
    expect(await old.call("put", 1n, 4)).toBe(1n);
  };
}

/** A row whose count fits in nothing smaller than 16 bits. */
const STOCK = "@permission(everybody) system stock(owner: i64, count: i32) uses Item";
const stockCode = {
  stock: (
    context: { store(name: string): { insert(values: object): Promise<unknown> } },
    owner: unknown,
    count: unknown,
  ) => context.store("Item").insert({ owner, count }),
};
const seedMany = (old: OldClient): Promise<unknown> => old.call("stock", 1n, 300);

const seedLong = (old: OldClient): Promise<unknown> => old.call("label", 1n, "much too long");
const LABEL = "@permission(everybody) system label(owner: i64, text: string(40)) uses Item";
const labelCode = {
  label: (
    context: { store(name: string): { insert(values: object): Promise<unknown> } },
    owner: unknown,
    text: unknown,
  ) => context.store("Item").insert({ owner, label: text }),
};

const JOIN = "@permission(everybody) system join() uses Item";

/** Every row of a blue team before, and what it may be later. */
function enums(
  old: string,
  now: string,
): Pick<Scenario, "old" | "now" | "also" | "oldCode" | "seed" | "data" | "words"> {
  const withEnum = (text: string): string => {
    return schema({ columns: `team: ${text.split(":", 1)[0] ?? ""} = red`, more: `enum ${text} ${JOIN}` });
  };
  return {
    old: withEnum(old),
    now: withEnum(now),
    also: ["enum-removed", "enum-added"],
    oldCode: { join: (context) => context.store("Item").insert({ owner: 5n, team: "blue" }) },
    seed: (client) => client.call("join"),
    data: "refused",
    words: /Item\.team/,
  };
}

/** What the client calls the team of a row: of the one that was blue, or of the one of user 1, which was red. */
async function showsTeam(old: OldClient, team: string, owner = 5n): Promise<void> {
  expect((await old.range("Item", "owner", owner)).rows).toMatchObject([{ team }]);
}

export const columnRows: readonly Scenario[] = [
  {
    kind: "column-added",
    when: "with a default",
    old: schema(),
    now: schema({ columns: "extra: i32 = 7" }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "column-added",
    when: "without a default",
    old: schema(),
    now: schema({ columns: "extra: i32" }),
    newCode: {
      async put(context, owner, kind) {
        await context.store("Item").insert({ owner, kind, extra: 1 });
        return owner;
      },
    },
    works: goesOn,
    data: "refused",
    words: /extra/,
  },
  {
    kind: "column-removed",
    old: schema(),
    now: schema({ count: "" }),
    breaks: unusable("Item.count is not on the server"),
    data: "refused",
    words: /Item\.count.* gone/,
  },
  {
    kind: "column-renamed",
    old: schema(),
    now: schema({ count: "amount: i32 = 1 @was(count)" }),
    breaks: unusable("Item.count is not on the server"),
    data: "refused",
    words: /Item\.count/,
  },
  {
    kind: "column-type-widened",
    when: "a longer text, or an enum with the same values",
    old: schema({ columns: 'label: string(8) = ""' }),
    now: schema({ columns: 'label: string(40) = ""' }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "column-type-widened",
    when: "a larger number",
    old: schema(),
    now: schema({ count: "count: i64 = 1" }),
    breaks: unusable("Item.count is i32 here and i64 on the server"),
    data: "refused",
    words: /Item\.count was i32 and is now i64/,
  },
  {
    kind: "column-type-narrowed",
    when: "a shorter text",
    old: schema({ columns: 'label: string(40) = ""', more: LABEL }),
    now: schema({ columns: 'label: string(8) = ""', more: LABEL }),
    oldCode: labelCode,
    seed: seedLong,
    // With consent, what does not fit becomes the default.
    works: (old) => goesOn(old, [{ kind: 3 }, { kind: 0, label: "" }]),
    data: "refused",
    words: /Item\.label was string\(40\) and is now string\(8\)/,
  },
  {
    kind: "column-type-narrowed",
    when: "a smaller number",
    old: schema({ more: STOCK }),
    now: schema({ count: "count: u8 = 1", more: STOCK }),
    oldCode: stockCode,
    seed: seedMany,
    breaks: unusable("Item.count is i32 here and u8 on the server"),
    data: "refused",
    words: /Item\.count was i32 and is now u8/,
  },
  {
    kind: "column-type-changed",
    when: "each value has its like",
    old: schema(),
    now: schema({ count: 'count: string(12) = ""' }),
    breaks: unusable("Item.count is i32 here and string on the server"),
    data: "refused",
    words: /Item\.count was i32 and is now string\(12\)/,
  },
  {
    kind: "column-type-changed",
    when: "an enum with the same values in another base",
    ...enums("Team: u8 { red, blue }", "Side: u16 { red, blue, green }"),
    works: (old) => showsTeam(old, "blue"),
  },
  {
    kind: "column-type-changed",
    when: "an enum with the same names for other numbers",
    ...enums("Team: u8 { red, blue }", "Side: u8 { blue, red }"),
    breaks: (old) => showsTeam(old, "red"),
  },
  {
    kind: "column-type-changed",
    when: "an enum that lacks some of the names",
    ...enums("Team: u8 { red, blue }", "Side: u8 { azure, red }"),
    breaks: (old) => showsTeam(old, "blue", 1n),
  },
  {
    kind: "column-type-changed",
    when: "otherwise",
    old: schema({ more: STOCK }),
    now: schema({ count: "count: bool = false", more: STOCK }),
    oldCode: stockCode,
    seed: seedMany,
    breaks: unusable("Item.count is i32 here and bool on the server"),
    data: "refused",
    words: /Item\.count was i32 and is now bool/,
  },
  {
    kind: "column-hidden",
    old: schema(),
    now: schema({ count: "count: i32 = 1 @permission(admin)" }),
    breaks: unusable("Item.count is not on the server"),
    data: "kept",
  },
  {
    kind: "column-restricted",
    old: schema(),
    now: schema({ count: "count: i32 = 1 @permission(owner)" }),
    async breaks(old) {
      await old.call("login", 2n);
      const range = old.query("Item").range("owner", 1n);
      expect(
        String(
          await range.ready.then(
            () => undefined,
            (error: unknown) => error,
          ),
        ),
      ).toMatch(/Item\.count/);
    },
    data: "kept",
  },
  {
    kind: "column-shown",
    old: schema({ columns: 'secret: string(8) = "" @permission(owner)' }),
    now: schema({ columns: 'secret: string(8) = ""' }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "default-changed",
    old: schema(),
    now: schema({ count: "count: i32 = 2" }),
    async works(old) {
      await goesOn(old, [{ owner: 1n, kind: 3, count: 1 }]);
      expect((await old.range("Item", "kind", 4)).rows).toMatchObject([{ count: 2 }]);
    },
    data: "kept",
  },
  {
    kind: "column-range-changed",
    old: schema(),
    now: schema({ count: "count: i32 = 5 @range(5, 9)" }),
    also: ["default-changed"],
    works: (old) => goesOn(old, [{ owner: 1n, kind: 3, count: 1 }]),
    data: "kept",
  },
  {
    kind: "column-order-changed",
    old: schema(),
    now: schema({ owner: "count: i32 = 1", kind: "kind: i32 = 0 @index", count: "owner: i64 @index" }),
    works: goesOn,
    data: "kept",
  },
];
