import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn } from "../old-client.js";
import type { Scenario } from "../scenario.js";

const SECRET = "@permission(everybody) system hide(a: i32) uses Secret";
const hideCode = {
  hide: (context: { store(name: string): { insert(values: object): Promise<unknown> } }, a: unknown) =>
    context.store("Secret").insert({ a, b: 2 }),
};

/** What the page says of all rows: no client knows of what is hidden, and nothing of what is volatile is stored. */
export const reducedRows: readonly Scenario[] = [
  {
    kind: "column-removed",
    note: "of a component that only admins read",
    old: schema({ more: `component Secret { a: i32 b: i32 } ${SECRET}` }),
    now: schema({ more: `component Secret { a: i32 } ${SECRET}` }),
    oldCode: hideCode,
    seed: (old) => old.call("hide", 1),
    works: goesOn,
    data: "refused",
    words: /Secret\.b.* gone/,
  },
  {
    kind: "column-removed",
    note: "of a table that is empty",
    old: schema({ more: `component Secret { a: i32 b: i32 } ${SECRET}` }),
    now: schema({ more: `component Secret { a: i32 } ${SECRET}` }),
    works: goesOn,
    data: "fits",
  },
  {
    kind: "column-removed",
    note: "of a table that is @volatile",
    old: schema({ head: "@permission(everybody) @volatile" }),
    now: schema({ head: "@permission(everybody) @volatile", count: "" }),
    async breaks(old) {
      expect((await old.failedRange("Item", "owner", 1n)).message).toMatch(/^Item\.count is not on the server:/);
    },
    data: "kept",
  },
  {
    kind: "callable-removed",
    note: "of a system that users may not call",
    old: schema({ more: "@permission(admin) system act(a: i32) uses Item system inner() uses Item" }),
    now: schema(),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "struct-field-removed",
    note: "of a struct that no client is told of",
    old: schema({ more: "struct Spec { a: i32, b: i32 } system inner(spec: Spec) uses Item" }),
    now: schema({ more: "struct Spec { a: i32 } system inner(spec: Spec) uses Item" }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "enum-value-removed",
    note: "that is only told, and stored nowhere",
    old: schema({ more: "enum Mood { good, bad } @permission(everybody) system mood(): Mood uses Item" }),
    now: schema({ more: "enum Mood { good } @permission(everybody) system mood(): Mood uses Item" }),
    newCode: { mood: () => "good" },
    async works(old) {
      expect(await old.call("mood")).toBe("good");
    },
    data: "kept",
  },
  {
    kind: "component-renamed",
    note: "with an index over a column that is renamed, too",
    old: schema(),
    now: schema({ name: "Thing", head: "@permission(everybody) @was(Item)", owner: "holder: i64 @index @was(owner)" }),
    also: ["execution-changed", "column-renamed"],
    async breaks(old) {
      expect((await old.failedRange("Item", "owner", 1n)).message).toMatch(/^Item is not on the server:/);
    },
    data: "refused",
    words: /Item/,
  },
];
