import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn, type OldClient } from "../old-client.js";
import type { Scenario } from "../scenario.js";

/** A schema with a system `act`. */
const act = (params: string, { head = "@permission(everybody)", result = "", rest = "" } = {}): string =>
  schema({ more: `${head} system act(${params})${result} uses Item ${rest}` });

const gone = async (old: OldClient): Promise<void> => {
  expect((await old.failedCall("act", 1)).message).toMatch(/^act is not on the server:/);
  await goesOn(old);
};

const otherwise = (words: string): ((old: OldClient) => Promise<void>) => {
  return async (old) => {
    expect((await old.failedCall("act", 1)).message).toBe(
      `act ${words} on the server: the server runs another version of the schema; build the client again`,
    );
    await goesOn(old);
  };
};

const acts = async (old: OldClient): Promise<void> => {
  await old.call("act", 1);
  await goesOn(old);
};

export const callableRows: readonly Scenario[] = [
  { kind: "callable-added", old: schema(), now: act("a: i32"), works: goesOn, data: "kept" },
  { kind: "callable-removed", old: act("a: i32"), now: schema(), breaks: gone, data: "kept" },
  { kind: "callable-hidden", old: act("a: i32"), now: act("a: i32", { head: "" }), breaks: gone, data: "kept" },
  { kind: "callable-shown", old: act("a: i32", { head: "" }), now: act("a: i32"), works: goesOn, data: "kept" },
  {
    kind: "permission-raised",
    old: act("a: i32"),
    now: act("a: i32", { head: "@permission(user)" }),
    async breaks(old) {
      expect(await old.failedCall("act", 1)).toMatchObject({ code: "FORBIDDEN" });
      await old.call("login", 1n);
      await acts(old);
    },
    data: "kept",
  },
  {
    kind: "permission-lowered",
    old: act("a: i32", { head: "@permission(user)" }),
    now: act("a: i32"),
    works: acts,
    data: "kept",
  },
  { kind: "param-added", when: "optional", old: act("a: i32"), now: act("a: i32, b?: i32"), works: acts, data: "kept" },
  {
    kind: "param-added",
    when: "required",
    old: act("a: i32"),
    now: act("a: i32, b: i32"),
    breaks: otherwise("takes (i32) here and (i32, i32)"),
    data: "kept",
  },
  {
    kind: "param-removed",
    old: act("a: i32"),
    now: act(""),
    breaks: otherwise("takes (i32) here and ()"),
    data: "kept",
  },
  { kind: "param-renamed", old: act("a: i32"), now: act("b: i32"), works: acts, data: "kept" },
  {
    kind: "param-moved",
    old: act("a: i32, b: i32", { result: ": i32" }),
    now: act("b: i32, a: i32", { result: ": i32" }),
    oldCode: { act: (_context, a) => a },
    newCode: { act: (_context, _b, a) => a },
    async breaks(old) {
      expect(await old.call("act", 1, 2)).toBe(2);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "param-moved",
    note: "because another one stands before it now",
    old: act("a: i32, b?: i32", { result: ": i32?" }),
    now: act("a: i32, c?: i32, b?: i32", { result: ": i32?" }),
    also: ["param-added"],
    oldCode: { act: (_context, _a, b) => b },
    newCode: { act: (_context, _a, _c, b) => b },
    async breaks(old) {
      expect(await old.call("act", 1, 2)).toBeUndefined();
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "param-changed",
    when: "another enum",
    old: act("a: Team", { result: ": bool", rest: "enum Team { red, blue }" }),
    now: act("a: Side", { result: ": bool", rest: "enum Side { blue, red }" }),
    also: ["enum-removed", "enum-added"],
    oldCode: { act: (_context, a) => a === "red" },
    newCode: { act: (_context, a) => a === "red" },
    async breaks(old) {
      expect(await old.call("act", "red")).toBe(false);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "param-changed",
    when: "made optional",
    old: act("a: i32", { result: ": i32" }),
    now: act("a?: i32", { result: ": i32" }),
    oldCode: { act: (_context, a) => a },
    newCode: { act: (_context, a) => a ?? -1 },
    async works(old) {
      expect(await old.call("act", 7)).toBe(7);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "param-changed",
    when: "otherwise",
    old: act("a?: i32"),
    now: act("a: i32"),
    breaks: otherwise("takes (i32?) here and (i32)"),
    data: "kept",
  },
  {
    kind: "result-changed",
    when: "another enum",
    old: act("a: i32", { result: ": Team", rest: "enum Team { red, blue }" }),
    now: act("a: i32", { result: ": Side", rest: "enum Side { blue, red }" }),
    also: ["enum-removed", "enum-added"],
    oldCode: { act: () => "blue" },
    newCode: { act: () => "blue" },
    async breaks(old) {
      expect(await old.call("act", 1)).toBe("red");
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "result-changed",
    when: "always given",
    old: act("a: i32", { result: ": i32?" }),
    now: act("a: i32", { result: ": i32" }),
    oldCode: { act: () => undefined },
    newCode: { act: (_context, a) => a },
    async works(old) {
      expect(await old.call("act", 7)).toBe(7);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "result-changed",
    when: "otherwise",
    old: act("a: i32", { result: ": i32" }),
    now: act("a: i32", { result: ": i64" }),
    breaks: otherwise("returns i32 here and i64"),
    data: "kept",
  },
  {
    kind: "bounds-widened",
    old: act("a: i32 @range(0, 5)"),
    now: act("a: i32 @range(0, 9)"),
    works: acts,
    data: "kept",
  },
  {
    kind: "bounds-narrowed",
    old: act("a: i32 @range(0, 9)"),
    now: act("a: i32 @range(0, 5)"),
    async breaks(old) {
      expect(await old.failedCall("act", 9)).toMatchObject({ code: "BAD_ARGUMENTS" });
      await acts(old);
    },
    data: "kept",
  },
  {
    kind: "bounds-narrowed",
    note: "in a struct that takes the place of another one",
    old: act("a: Spec", { rest: "struct Spec { size: i32, name: string(8) }" }),
    now: act("a: Plan", { rest: "struct Plan { size: i32, name: string(4) }" }),
    also: ["struct-removed", "struct-added"],
    async breaks(old) {
      expect(await old.failedCall("act", { size: 1, name: "too long" })).toMatchObject({ code: "BAD_ARGUMENTS" });
      await old.call("act", { size: 1, name: "fits" });
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "rejects-changed",
    when: "one for another",
    old: schema({
      more: "error Bad { } error Worse { } @permission(everybody) system other() uses Item rejects Bad, Worse @permission(everybody) system act(a: i32) uses Item rejects Bad",
    }),
    now: schema({
      more: "error Bad { } error Worse { } @permission(everybody) system other() uses Item rejects Bad, Worse @permission(everybody) system act(a: i32) uses Item rejects Worse",
    }),
    newCode: { act: (context) => context.reject(context.message("Worse"), {}) },
    async breaks(old) {
      expect(await old.failedCall("act", 1)).not.toBeInstanceOf(old.module["Bad"]);
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "rejects-changed",
    when: "some more or fewer",
    old: schema({
      more: "error Bad { } @permission(everybody) system other() uses Item rejects Bad @permission(everybody) system act(a: i32) uses Item",
    }),
    now: schema({
      more: "error Bad { } @permission(everybody) system other() uses Item rejects Bad @permission(everybody) system act(a: i32) uses Item rejects Bad",
    }),
    newCode: { act: (context) => context.reject(context.message("Bad"), {}) },
    async works(old) {
      expect(await old.failedCall("act", 1)).toMatchObject({ code: "Bad" });
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "limit-lowered",
    old: act("a: i32"),
    now: act("a: i32", { head: "@permission(everybody) @limit(times: 1, per: 1h)" }),
    async breaks(old) {
      await acts(old);
      expect(await old.failedCall("act", 1)).toMatchObject({ code: "RATE_LIMITED" });
    },
    data: "kept",
  },
  {
    kind: "limit-raised",
    old: act("a: i32", { head: "@permission(everybody) @limit(times: 1, per: 1h)" }),
    now: act("a: i32", { head: "@permission(everybody) @limit(times: 2, per: 1h)" }),
    async works(old) {
      await old.call("act", 1);
      await acts(old);
    },
    data: "kept",
  },
  {
    kind: "limit-raised",
    note: "by a longer span that holds as many of the old ones",
    old: act("a: i32", { head: "@permission(everybody) @limit(times: 1, per: 1m)" }),
    now: act("a: i32", { head: "@permission(everybody) @limit(times: 60, per: 1h)" }),
    async works(old) {
      await old.call("act", 1);
      await acts(old);
    },
    data: "kept",
  },
  {
    kind: "once-added",
    old: act("a: i32"),
    now: act("a: i32", { head: "@permission(everybody) @once" }),
    works: acts,
    data: "kept",
  },
  {
    kind: "once-removed",
    old: act("a: i32", { head: "@permission(everybody) @once" }),
    now: act("a: i32"),
    async breaks(old) {
      expect(await old.failedCall("act", 1)).toMatchObject({ code: "BAD_ARGUMENTS" });
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "execution-changed",
    old: act("a: i32"),
    now: act("a: i32", { head: "@permission(everybody) @retry(5) @timeout(5s)" }),
    works: acts,
    data: "kept",
  },
];
