import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effects } from "../../../compiler/diff/change.js";
import { diffModels } from "../../../compiler/diff/diff-models.js";
import { locate } from "../../../compiler/diff/locate.js";
import { modelOfDescription, publicPart } from "../../../compiler/diff/description-model.js";
import { compileSources } from "../../../compiler/pipeline.js";
import type { Model } from "../../../compiler/model/model.js";
import { publicModel } from "../../../compiler/model/public-model.js";
import { namespaceWire } from "../../../compiler/model/wire-description.js";
import { worldModel } from "../../fixtures/world/model.js";
import { LONGER } from "../../longer.js";
import { mutated, WORLD } from "./mutations.js";

function modelOf(text: string): Model {
  const { model, diagnostics } = compileSources([{ path: "a.hetu", text }]);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

/** The ids and effects of all changes. */
function told(old: string, now: string): readonly (readonly [id: string, effects: string])[] {
  const changes = diffModels(modelOf(`namespace a ${old}`), modelOf(`namespace a ${now}`));
  return changes.map(({ id, effects: felt }) => [id, felt.join(", ")]);
}

const ITEM = "@permission(user) component Item { owner: i64 @unique count: i32 = 1 }";

describe("the difference of two models", () => {
  it("is empty for equal ones, and for those that differ in documentation", () => {
    expect(diffModels(worldModel, worldModel)).toStrictEqual([]);
    expect(told(ITEM, `/// Documented.\n${ITEM}`)).toStrictEqual([]);
    expect(told(ITEM, `@deprecated("old") ${ITEM}`)).toStrictEqual([]);
  });

  it("is empty exactly when the fingerprints are equal, and every change is well formed", () => {
    fc.assert(
      fc.property(mutated(), ([before, after]) => {
        const [old, now] = [
          compileSources([{ path: "w", text: before }]),
          compileSources([{ path: "w", text: after }]),
        ];
        // A mutation may leave a schema that does not compile.
        fc.pre(old.model !== undefined && now.model !== undefined);
        if (old.model === undefined || now.model === undefined) return;
        const changes = diffModels(old.model, now.model);
        expect(changes.length === 0).toBe(old.model.fingerprint === now.model.fingerprint);
        expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
        for (const change of changes) {
          expect(change.effects).toStrictEqual(effects.filter((effect) => change.effects.includes(effect)));
          expect(change.effects.length === 1 || !change.effects.includes("safe")).toBe(true);
          expect(change.why).toMatch(/\.$/);
          expect(change.help).toMatch(/\.$/);
          expect(change.id.startsWith(`${change.kind}:world`)).toBe(true);
          expect(locate(change, now.trees)?.file.path).toBe("w");
        }
      }),
      { numRuns: 60 * LONGER },
    );
  });

  it("the mutations of these tests begin with a schema that compiles", () => {
    expect(compileSources([{ path: "w", text: WORLD }]).model).toBeDefined();
  });

  it("knows a component and a column by @was, and the index over it as the same", () => {
    const now =
      "@permission(user) @was(Stuff, Item) component Thing { holder: i64 @unique @was(keeper, owner) count: i32 = 1 }";
    expect(told(ITEM, now)).toStrictEqual([
      ["component-renamed:a.Thing", "breaks clients, needs a migration"],
      ["column-renamed:a.Thing.holder", "breaks clients, needs a migration"],
    ]);
  });

  it("does not take @was for a rename that was made before", () => {
    const renamed = "@permission(user) @was(Item) component Thing { owner: i64 @unique count: i32 = 1 }";
    expect(told(renamed, renamed.replace("count: i32 = 1", "count: i32 = 1 extra: u8 = 0"))).toStrictEqual([
      ["column-added:a.Thing.extra", "safe"],
    ]);
  });

  it("tells of rules over a renamed column nothing but the rename", () => {
    const rules = (column: string, was = ""): string =>
      `session { guild: i64 } @rls(${column} == ctx.guild) component Note { ${column}: i64 @index ${was} text: string(9) }`;
    expect(told(rules("guild"), rules("club", "@was(guild)"))).toStrictEqual([
      ["column-renamed:a.Note.club", "breaks clients, needs a migration"],
    ]);
  });

  it.each([
    ["i8", "i16", "column-type-widened", "needs a migration"],
    ["u8", "i16", "column-type-widened", "needs a migration"],
    ["i8", "u16", "column-type-narrowed", "loses data"],
    ["u32", "i32", "column-type-narrowed", "loses data"],
    ["f32", "f64", "column-type-widened", "needs a migration"],
    ["f64", "f32", "column-type-narrowed", "loses data"],
    ["i32", "f64", "column-type-changed", "needs a migration"],
    ["i64", "f64", "column-type-changed", "loses data"],
    ["i32", "f32", "column-type-changed", "loses data"],
    ["f64", "i64", "column-type-changed", "loses data"],
    ["bool", "u8", "column-type-changed", "needs a migration"],
    ["u8", "bool", "column-type-changed", "loses data"],
    ["i32", "string(11)", "column-type-changed", "needs a migration"],
    ["i32", "string(10)", "column-type-changed", "loses data"],
    ["string(4)", "bytes(16)", "column-type-changed", "needs a migration"],
    ["string(4)", "bytes(15)", "column-type-changed", "loses data"],
    ["timestamp", "i64", "column-type-changed", "needs a migration"],
    ["i64", "timestamp", "column-type-changed", "loses data"],
    ["Team", "u8", "column-type-changed", "needs a migration"],
    ["Team", "string(4)", "column-type-changed", "needs a migration"],
    ["Team", "string(3)", "column-type-changed", "loses data"],
    ["u8", "Team", "column-type-changed", "loses data"],
    ["Team", "Other", "column-type-changed", "loses data"],
    ["string(4)", "string(3)", "column-type-narrowed", "loses data"],
  ])("a column of %s that becomes %s is %s, and %s", (old, now, kind, effect) => {
    const schema = (type: string): string =>
      `enum Team: u8 { red, blue = 200 } enum Other: u8 { red } component Item { a: ${type} }`;
    expect(told(schema(old), schema(now))).toStrictEqual([[`${kind}:a.Item.a`, effect]]);
  });

  it("an enum under another name with all the values is no other type", () => {
    const schema = (name: string, values: string): string =>
      `enum ${name} { ${values} } component Item { a: ${name} } @permission(user) system act(team: ${name}) uses Item`;
    expect(told(schema("Team", "red, blue"), schema("Side", "red, blue, green"))).toStrictEqual([
      ["column-type-widened:a.Item.a", "safe"],
      ["enum-removed:a.Team", "safe"],
      ["enum-added:a.Side", "safe"],
    ]);
  });

  it("an enum in place of another with other numbers changes what has it, though both travel as numbers", () => {
    const schema = (name: string): string =>
      `enum Team { red, blue } enum Side { left, right } @permission(user) system act(team: ${name})`;
    expect(told(schema("Team"), schema("Side"))).toStrictEqual([["param-changed:a.act.team", "breaks clients"]]);
  });

  it("a struct under another name with the same fields is no other type", () => {
    const schema = (name: string): string => `struct ${name} { a: i32 } @permission(user) system act(spec: ${name})`;
    expect(told(schema("Spec"), schema("Plan"))).toStrictEqual([
      ["struct-removed:a.Spec", "safe"],
      ["struct-added:a.Plan", "safe"],
    ]);
  });

  it("narrower bounds of what is only told break nobody", () => {
    const schema = (length: number): string => `event Shout { text: string(${length}) }`;
    expect(told(schema(40), schema(20))).toStrictEqual([["bounds-widened:a.Shout.text", "safe"]]);
  });

  it("compares ranges of 64-bit integers exactly", () => {
    const schema = (max: string): string => `@permission(user) system act(a: i64 @range(0, ${max}))`;
    expect(told(schema("9007199254740993"), schema("9007199254740992"))).toStrictEqual([
      ["bounds-narrowed:a.act.a", "breaks clients"],
    ]);
  });
});

describe("what a server tells of its schema", () => {
  const world = publicModel(worldModel).find(({ name }) => name === "world");
  if (world === undefined) throw new Error("no world");
  const { description } = namespaceWire(publicModel(worldModel), world);

  it("differs in nothing from the public part of the same schema", () => {
    const part = publicPart(worldModel, "world");
    expect(part).toBeDefined();
    expect(diffModels(modelOfDescription("world", description), part ?? worldModel)).toStrictEqual([]);
  });

  it("differs in what clients see, and nothing is said of stored data", () => {
    const now = compileSources([
      { path: "w", text: WORLD.replace("secret: string(32)", "secrets: string(32)").replace("left: i64", "left: i32") },
    ]).model;
    if (now === undefined) throw new Error("it does not compile");
    const changes = diffModels(modelOfDescription("world", description), publicPart(now, "world") ?? now);
    const ids = changes.map(({ id, effects: felt }) => [id, felt.join()]);
    expect(ids).toContainEqual(["column-removed:world.Profile.secret", "breaks clients"]);
    expect(ids).toContainEqual(["result-changed:world.buy", "breaks clients"]);
    expect(new Set(changes.flatMap((change) => change.effects))).toStrictEqual(new Set(["safe", "breaks clients"]));
  });
});
