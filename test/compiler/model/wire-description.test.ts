import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "../../../compiler/model/model.js";
import { publicModel } from "../../../compiler/model/public-model.js";
import { namespaceWire, type NamespaceWire } from "../../../compiler/model/wire-description.js";
import { column as columnOf, component, model as modelOf, namespace, scalar, system } from "../emit/models.js";
import { compiled } from "./compiled.js";

function namespaceOf(parts: Parameters<typeof namespace>[1]): unknown {
  return wireOf(modelOf(namespace("shop", parts))).description;
}

function wireOf(model: Model, name = "shop"): NamespaceWire {
  const namespaces = publicModel(model);
  const namespace = namespaces.find((one) => one.name === name);
  if (namespace === undefined) throw new Error(`no namespace ${name}`);
  return namespaceWire(namespaces, namespace);
}

const schema = `
  enum Rank: u8 { low, high }
  struct Point { x: f64, y: f32 }
  struct Path { points: Point[], grid: i32[][], name?: string(40), rank: Rank }
  @permission(everybody)
  @index(zone, at)
  component Place {
    zone: u16 = 0 @range(0, 9)
    at: timestamp = now @index
    label: string(32)
    raw: bytes(8) = ""
    rank: Rank = low
    open: bool = true
    secret: i32 = 0 @permission(admin) @index
  }
  @permission(owner)
  component Bag { owner: i64 @index  item: i32 }
  @permission(admin)
  component Audit { text: string(20) }
  error Full { need: i32, path?: Path }
  error Unused {}
  event Moved { who: i64 }
  @permission(admin) system hush() uses Audit rejects Unused
  @permission(user) system walk(to: Point[], note?: string(9)) : Path? uses Place rejects Full
  @permission(everybody) system hello() uses Place
  @permission(user) endpoint whoami(): i64
`;

describe("the description of a namespace", () => {
  it("has the public part in schema order, with types as they travel", () => {
    const path = "{points:[{x:f64,y:f32}],grid:[[i32]],name:string?,rank:enum}";
    expect(wireOf(compiled(schema)).description).toStrictEqual([
      [
        [
          "Place",
          [
            ["zone", "u16"],
            ["at", "timestamp"],
            ["label", "string"],
            ["raw", "bytes"],
            ["rank", "enum"],
            ["open", "bool"],
          ],
          ["at", "zone,at"],
        ],
        [
          "Bag",
          [
            ["owner", "i64"],
            ["item", "i32"],
          ],
          ["owner"],
        ],
      ],
      [
        ["walk", ["[{x:f64,y:f32}]", "string?"], `${path}?`],
        ["hello", [], ""],
        ["whoami", [], "i64"],
      ],
      [
        [
          "Full",
          [
            ["need", "i32"],
            ["path", `${path}?`],
          ],
        ],
      ],
      [["Moved", [["who", "i64"]]]],
    ]);
  });

  it("has a fingerprint that anyone can work out: SHA-256 of the JSON text", () => {
    const { fingerprint, description } = wireOf(compiled(schema));
    expect(fingerprint).toBe(createHash("sha256").update(JSON.stringify(description)).digest("hex"));
  });

  it.each([
    ["a length", "string(32)", "string(64)"],
    ["a range", "@range(0, 9)", "@range(0, 8)"],
    ["an enum's values", "low, high", "low, middle = 7, high"],
    ["what only admins see", "secret: i32 = 0 @permission(admin) @index", "other: u8 = 0 @permission(admin)"],
    ["a component of admins", "Audit { text: string(20) }", "Audit { text: string(21), more: i32 = 0 }"],
  ])("stays the same when %s changes", (_what, from, to) => {
    expect(schema).toContain(from);
    expect(wireOf(compiled(schema.replace(from, to))).fingerprint).toBe(wireOf(compiled(schema)).fingerprint);
  });

  it.each([
    ["a column's type", "zone: u16", "zone: u8"],
    ["a column's name", "open: bool", "shut: bool"],
    ["an optional parameter", "note?: string(9)", "note: string(9)"],
    ["a field within a struct", "y: f32 }", "y: f64 }"],
  ])("changes with %s", (_what, from, to) => {
    expect(schema).toContain(from);
    expect(wireOf(compiled(schema.replace(from, to))).fingerprint).not.toBe(wireOf(compiled(schema)).fingerprint);
  });

  it("never tells a name that is only for admins or the server, whatever the schema", () => {
    const hidden = fc.boolean();
    // Names say what they are: `open…` may be told, `secret…` not.
    const columns = fc.array(fc.tuple(hidden, hidden), { maxLength: 5 });
    const components = fc.array(fc.tuple(hidden, columns), { maxLength: 4 });
    const callables = fc.array(fc.tuple(fc.constantFrom("everybody", "admin", undefined), hidden, hidden), {
      maxLength: 4,
    });
    const word = (secret: boolean, at: number): string => `${secret ? "secret" : "open"}_${at}`;
    fc.assert(
      fc.property(components, callables, (tables, calls) => {
        const text = JSON.stringify(
          namespaceOf({
            components: tables.map(([forAdmins, list], at) => {
              const names = list.map(([secret], column) => word(secret || forAdmins, column));
              return component(
                word(forAdmins, at),
                list.map(([secret], column) =>
                  columnOf(names[column] ?? "", scalar("i32"), { visibility: secret ? "admin" : "public" }),
                ),
                {
                  access: { readers: forAdmins ? "admin" : "everybody", rules: [] },
                  indexes: names.map((name) => ({
                    name: `${name},${names[0]}`,
                    columns: [name, names[0] ?? ""],
                    unique: false,
                  })),
                },
              );
            }),
            errors: calls.map(([permission, ,], at) => ({ name: word(permission !== "everybody", at), fields: [] })),
            systems: calls.map(([permission], at) => {
              const name = word(permission !== "everybody", at);
              return system(name, { ...(permission === undefined ? {} : { permission }), rejects: [name] });
            }),
          }),
        );
        expect(text).not.toContain("secret");
      }),
    );
  });

  it("follows structs into other namespaces", () => {
    const model = compiled(
      "namespace maps\nstruct Spot { x: i8 }",
      "namespace shop\n@permission(user) system go(to: maps.Spot) uses Place\ncomponent Place { a: i8 }",
    );
    expect(wireOf(model).description[1]).toStrictEqual([["go", ["{x:i8}"], ""]]);
  });
});
