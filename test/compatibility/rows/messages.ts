import { everybody } from "hetu";
import { expect } from "vitest";
import { schema } from "../base-schema.js";
import { goesOn, type OldClient } from "../old-client.js";
import type { Behaviours } from "../server-code.js";
import type { Scenario } from "../scenario.js";

const FAIL = "@permission(everybody) system fail() uses Item rejects Bad";
const SHOUT = "@permission(everybody) system shout(text: string(40)) uses Item emits Shout";
const CRAFT = "@permission(everybody) system craft(spec: Spec): Spec uses Item";

const withError = (fields: string): string => schema({ more: `error Bad { ${fields} } ${FAIL}` });
const withEvent = (fields: string): string => schema({ more: `event Shout { ${fields} } ${SHOUT}` });
const withStruct = (fields: string, more = CRAFT): string => schema({ more: `struct Spec { ${fields} } ${more}` });

const fails = (fields: Readonly<Record<string, unknown>>): Behaviours => ({
  fail: (context) => context.reject(context.message("Bad"), fields),
});

/** What the client hears of a shout of its own, and what it is told is wrong with the event. */
async function heard(old: OldClient): Promise<{ readonly shouts: readonly unknown[]; readonly errors: string }> {
  const shouts: unknown[] = [];
  old.client.events.on(old.module["Shout"], (shout) => shouts.push(shout));
  await old.call("shout", "hello");
  // An event may come behind the answer of its call, and comes before that of the next.
  await old.call("login", 1n);
  return { shouts, errors: old.errors.map(String).join("\n") };
}

const ARGUMENT = { size: 1, name: "a" };
const differingStruct = async (old: OldClient): Promise<void> => {
  const { message } = await old.failedCall("craft", ARGUMENT);
  expect(message).toMatch(/^craft takes \(\{.*\}\) here and \(\{.*\}\) on the server:/);
};

export const messageRows: readonly Scenario[] = [
  { kind: "struct-added", old: schema(), now: withStruct("size: i32", ""), works: goesOn, data: "kept" },
  { kind: "struct-removed", old: withStruct("size: i32", ""), now: schema(), works: goesOn, data: "kept" },
  {
    kind: "struct-field-added",
    old: withStruct("size: i32, name: string(8)"),
    now: withStruct("size: i32, name: string(8), note?: string(8)"),
    breaks: differingStruct,
    data: "kept",
  },
  {
    kind: "struct-field-removed",
    old: withStruct("size: i32, name: string(8)"),
    now: withStruct("size: i32"),
    breaks: differingStruct,
    data: "kept",
  },
  {
    kind: "struct-field-changed",
    when: "another enum",
    old: withStruct("size: i32, team: Team", `${CRAFT} enum Team { red, blue }`),
    now: withStruct("size: i32, team: Side", `${CRAFT} enum Side { blue, red }`),
    also: ["enum-removed", "enum-added"],
    oldCode: { craft: () => ({ size: 1, team: "red" }) },
    newCode: { craft: () => ({ size: 1, team: "red" }) },
    async breaks(old) {
      expect(await old.call("craft", { size: 1, team: "red" })).toMatchObject({ team: "blue" });
    },
    data: "kept",
  },
  {
    kind: "struct-field-changed",
    when: "otherwise",
    old: withStruct("size: i32, name: string(8)"),
    now: withStruct("size: i64, name: string(8)"),
    breaks: differingStruct,
    data: "kept",
  },
  {
    kind: "struct-fields-reordered",
    old: withStruct("size: i32, name: string(8)"),
    now: withStruct("name: string(8), size: i32"),
    breaks: differingStruct,
    data: "kept",
  },
  {
    kind: "error-added",
    old: schema({ more: "@permission(everybody) system fail() uses Item" }),
    now: withError("need: i32"),
    also: ["rejects-changed"],
    newCode: fails({ need: 2 }),
    async works(old) {
      expect(await old.failedCall("fail")).toMatchObject({
        name: "CallRejectedError",
        code: "Bad",
        fields: { need: 2 },
      });
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "error-removed",
    old: withError("need: i32"),
    now: schema({ more: "@permission(everybody) system fail() uses Item" }),
    also: ["rejects-changed"],
    async works(old) {
      await old.call("fail");
      await goesOn(old);
    },
    data: "kept",
  },
  {
    kind: "error-field-added",
    old: withError("need: i32"),
    now: withError("need: i32, have: i32"),
    newCode: fails({ need: 2, have: 1 }),
    async works(old) {
      const error = await old.failedCall("fail");
      expect(error).toMatchObject({ need: 2 });
      expect(error).toBeInstanceOf(old.module["Bad"]);
    },
    data: "kept",
  },
  {
    kind: "error-field-removed",
    old: withError("need: i32, have: i32"),
    now: withError("need: i32"),
    newCode: fails({ need: 2 }),
    async breaks(old) {
      const error = await old.failedCall("fail");
      expect(error).toMatchObject({ name: "CallRejectedError", code: "Bad" });
      expect(error).not.toBeInstanceOf(old.module["Bad"]);
    },
    data: "kept",
  },
  {
    kind: "error-field-changed",
    when: "another enum",
    old: schema({ more: `error Bad { team: Team } enum Team { red, blue } ${FAIL}` }),
    now: schema({ more: `error Bad { team: Side } enum Side { blue, red } ${FAIL}` }),
    also: ["enum-removed", "enum-added"],
    oldCode: fails({ team: "blue" }),
    newCode: fails({ team: "blue" }),
    async breaks(old) {
      expect(await old.failedCall("fail")).toMatchObject({ code: "Bad", team: "red" });
    },
    data: "kept",
  },
  {
    kind: "error-field-changed",
    when: "otherwise",
    old: withError("need: i32"),
    now: withError("need: string(8)"),
    newCode: fails({ need: "two" }),
    async breaks(old) {
      const error = await old.failedCall("fail");
      expect(error).toMatchObject({ name: "CallRejectedError", code: "Bad" });
      expect(error).not.toBeInstanceOf(old.module["Bad"]);
    },
    data: "kept",
  },
  {
    kind: "event-added",
    old: schema({ more: SHOUT.replace(" emits Shout", "") }),
    now: withEvent("text: string(40)"),
    also: ["execution-changed"],
    oldCode: { shout: () => undefined },
    async works(old) {
      await old.call("shout", "hello");
      await goesOn(old);
      expect(old.errors).toStrictEqual([]);
    },
    data: "kept",
  },
  {
    kind: "event-removed",
    old: withEvent("text: string(40)"),
    now: schema({ more: SHOUT.replace(" emits Shout", "") }),
    also: ["execution-changed"],
    newCode: { shout: () => undefined },
    async breaks(old) {
      const { shouts, errors } = await heard(old);
      expect(shouts).toStrictEqual([]);
      expect(errors).toMatch(/^SchemaMismatchError: Shout is not on the server:/);
    },
    data: "kept",
  },
  {
    kind: "event-field-added",
    old: withEvent("text: string(40)"),
    now: withEvent("loud: i32, text: string(40)"),
    async works(old) {
      const { shouts } = await heard(old);
      expect(shouts).toStrictEqual([{ text: "hello" }]);
    },
    data: "kept",
  },
  {
    kind: "event-field-removed",
    old: withEvent("text: string(40), loud: i32"),
    now: withEvent("text: string(40)"),
    async breaks(old) {
      const { shouts, errors } = await heard(old);
      expect(shouts).toStrictEqual([]);
      expect(errors).toMatch(/^SchemaMismatchError: Shout\.loud is not on the server:/);
    },
    data: "kept",
  },
  {
    kind: "event-field-changed",
    when: "another enum",
    old: schema({ more: `event Shout { team: Team } enum Team { red, blue } ${SHOUT}` }),
    now: schema({ more: `event Shout { team: Side } enum Side { blue, red } ${SHOUT}` }),
    also: ["enum-removed", "enum-added"],
    oldCode: { shout: (context) => context.send(everybody, context.message("Shout"), { team: "blue" }) },
    newCode: { shout: (context) => context.send(everybody, context.message("Shout"), { team: "blue" }) },
    async breaks(old) {
      expect((await heard(old)).shouts).toStrictEqual([{ team: "red" }]);
    },
    data: "kept",
  },
  {
    kind: "event-field-changed",
    when: "otherwise",
    old: withEvent("text: string(40), loud?: i32"),
    now: withEvent("text: string(40), loud: i32"),
    async breaks(old) {
      const { shouts, errors } = await heard(old);
      expect(shouts).toStrictEqual([]);
      expect(errors).toMatch(/^SchemaMismatchError: Shout\.loud is i32\? here and i32 on the server:/);
    },
    data: "kept",
  },
  {
    kind: "session-changed",
    old: schema({ more: "session { guild: i64 }" }),
    now: schema({ more: "session { guild: i32, rank: i32 }" }),
    works: goesOn,
    data: "kept",
  },
];
