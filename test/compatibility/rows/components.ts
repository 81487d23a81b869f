import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn, goesOnEmpty } from "../old-client.js";
import type { Scenario } from "../scenario.js";

const NOT_ON_SERVER = /^Item is not on the server: the server runs another version of the schema/;
const SHOP = "@permission(everybody) system shop(owner: i64) uses Item calls put:Shop";
const MORE = "@permission(everybody) @index(a, b) component More { a: i32 b: i32 }";

const shopCode = {
  shop: (context: { call: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> }, owner: unknown) =>
    context.call["put:Shop"]?.(owner, 5),
};

export const componentRows: readonly Scenario[] = [
  {
    kind: "namespace-added",
    old: schema(),
    now: schema(),
    beside: (namespace) => `namespace ${namespace}beside\n component Other { a: i32 }`,
    works: goesOn,
    data: "kept",
  },
  {
    kind: "namespace-removed",
    old: schema(),
    now: undefined,
    async breaks(old) {
      const closed = new Promise((resolve) =>
        old.client.onConnection((state) => state.status === "closed" && resolve(state.error)),
      );
      const { status, error } = old.client.connection;
      expect(status === "closed" ? error : await closed).toMatchObject({ code: "CONNECTION_LOST", closeCode: 4004 });
    },
    data: "emptied",
  },
  {
    kind: "order-changed",
    old: `component First { a: i32 } ${schema()}`,
    now: `${schema()} component First { a: i32 }`,
    works: goesOn,
    data: "kept",
  },
  { kind: "component-added", old: schema(), now: schema({ more: MORE }), works: goesOn, data: "kept" },
  {
    kind: "component-removed",
    old: schema(),
    now: "@permission(everybody) system put(owner: i64, kind: i32): i64 @permission(everybody) system login(user: i64): i64",
    also: ["execution-changed"],
    async breaks(old) {
      expect((await old.failedRange("Item", "owner", 1n)).message).toMatch(NOT_ON_SERVER);
    },
    newCode: { put: (_context, owner) => owner },
    data: "refused",
    words: /Item.* gone/,
  },
  {
    kind: "component-renamed",
    old: schema(),
    now: schema({ name: "Thing", head: "@permission(everybody) @was(Item)" }),
    also: ["execution-changed"],
    async breaks(old) {
      expect((await old.failedRange("Item", "owner", 1n)).message).toMatch(NOT_ON_SERVER);
    },
    data: "refused",
    words: /Item/,
  },
  {
    kind: "component-hidden",
    old: schema(),
    now: schema({ head: "" }),
    async breaks(old) {
      expect((await old.failedRange("Item", "owner", 1n)).message).toMatch(NOT_ON_SERVER);
      expect(await old.call("put", 1n, 4)).toBe(1n);
    },
    data: "kept",
  },
  {
    kind: "component-shown",
    old: schema({ more: "component Secret { a: i32 }" }),
    now: schema({ more: "@permission(user) component Secret { a: i32 }" }),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "readers-restricted",
    old: schema(),
    now: schema({ head: "@permission(user)" }),
    async breaks(old) {
      const range = old.query("Item").range("owner", 1n);
      await expect(range.ready).rejects.toMatchObject({ code: "SUBSCRIPTION_REFUSED", refusal: "FORBIDDEN" });
      const shown = new Promise((resolve) => range.onInsert(resolve));
      await old.call("login", 1n);
      expect(await shown).toMatchObject({ owner: 1n, kind: 3 });
    },
    data: "kept",
  },
  {
    kind: "readers-widened",
    old: schema({ head: "@permission(user)" }),
    now: schema(),
    works: goesOn,
    data: "kept",
  },
  {
    kind: "rls-added",
    old: schema({ head: "@permission(user)" }),
    now: schema({ head: "@rls(owner == ctx.caller)" }),
    async breaks(old) {
      await old.call("login", 2n);
      // The row is there, and shown to its owner.
      expect((await old.range("Item", "owner", 1n)).rows).toStrictEqual([]);
      await old.call("login", 1n);
      expect((await old.range("Item", "kind", 3)).rows).toHaveLength(1);
    },
    data: "kept",
  },
  {
    kind: "rls-removed",
    old: schema({ head: "@rls(owner == ctx.caller)" }),
    now: schema({ head: "@permission(user)" }),
    async breaks(old) {
      await old.call("login", 2n);
      // It asks for all that it may see, which was its own.
      expect((await old.range("Item", "id")).rows).toMatchObject([{ owner: 1n }]);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "volatile-added",
    old: schema(),
    now: schema({ head: "@permission(everybody) @volatile" }),
    works: goesOnEmpty,
    data: "refused",
    words: /is now @volatile, so its rows are deleted; they would be lost/,
  },
  {
    kind: "volatile-removed",
    old: schema({ head: "@permission(everybody) @volatile" }),
    now: schema(),
    works: goesOnEmpty,
    data: "kept",
  },
  {
    kind: "clusters-joined",
    old: schema({ more: `${MORE} @permission(everybody) system more() uses More` }),
    now: schema({ more: `${MORE} @permission(everybody) system more() uses More, Item` }),
    also: ["execution-changed"],
    works: goesOn,
    data: "kept",
  },
  {
    kind: "copy-added",
    old: schema({ more: "@permission(everybody) system shop(owner: i64) uses Item calls put" }),
    now: schema({ more: SHOP }),
    also: ["execution-changed"],
    works: goesOn,
    data: "kept",
  },
  {
    kind: "copy-removed",
    old: schema({ more: SHOP }),
    now: schema({ more: "@permission(everybody) system shop(owner: i64) uses Item calls put" }),
    also: ["execution-changed"],
    oldCode: shopCode,
    seed: (old) => old.call("shop", 1n),
    async breaks(old) {
      const copy = { ...(old.module["Item"] as object), name: "Item:Shop" };
      await expect(old.client.query(copy).range("owner", 1n).ready).rejects.toMatchObject({
        code: "SUBSCRIPTION_REFUSED",
        refusal: "UNKNOWN_COMPONENT",
      });
    },
    data: "refused",
    words: /Item:Shop/,
  },
];
