import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn } from "../old-client.js";
import type { Scenario } from "../scenario.js";

export const indexRows: readonly Scenario[] = [
  {
    kind: "index-added",
    old: schema(),
    now: schema({ count: "count: i32 = 1 @index" }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "index-removed",
    old: schema(),
    now: schema({ kind: "kind: i32 = 0" }),
    async breaks(old) {
      expect((await old.failedRange("Item", "kind", 3)).message).toMatch(/^Item\.kind is no index on the server:/);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "index-hidden",
    old: schema({ head: "@permission(everybody) @index(kind, count)" }),
    now: schema({ head: "@permission(everybody) @index(kind, count)", count: "count: i32 = 1 @permission(owner)" }),
    also: ["column-restricted"],
    async breaks(old) {
      const { message } = await old.failedRange("Item", "kind,count", [3]);
      expect(message).toMatch(/^Item\.kind,count is no index on the server:/);
    },
    data: "kept",
  },
  {
    kind: "unique-added",
    when: "with all columns of one that there was",
    old: schema({ head: "@permission(everybody) @unique(owner, kind)" }),
    now: schema({ head: "@permission(everybody) @unique(owner, kind) @unique(kind, count, owner)" }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "unique-added",
    when: "otherwise",
    old: schema(),
    now: schema({ owner: "owner: i64 @unique" }),
    seed: (old) => old.call("put", 1n, 4),
    works: (old) => goesOn(old, []),
    data: "in the way",
    words: /Item would be unique by owner, but rows \d+ and \d+ have the same values/,
  },
  {
    kind: "unique-removed",
    old: schema({ owner: "owner: i64 @unique" }),
    now: schema(),
    async breaks(old) {
      await old.call("put", 1n, 4);
      const found = old.query("Item").get({ owner: 1n });
      await found.ready;
      expect(found.row).toMatchObject({ kind: 3 });
      // The other row is there; the client that asks for the row of the key is not told of it.
      expect((await old.range("Item", "kind", 4)).rows).toHaveLength(1);
    },
    data: "kept",
  },
];
