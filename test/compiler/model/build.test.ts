import { describe, expect, it } from "vitest";
import { compiled, namespaceOf } from "./compiled.js";

describe("the model of a component", () => {
  it("has every type, default and range as a value of its type", () => {
    const [component] = namespaceOf(
      "enum Team: u8 { red, blue = 5 }\n" +
        "component A { a: bool = true b: i32 = 0x10 @range(-5, 20) c: u64 = 18446744073709551615 @range(0, 18446744073709551615)\n" +
        'd: f32 = 0.1 @range(0.1, 1) e: timestamp = now f: timestamp = -5 g: string(4) = "a\\n" h: bytes(4) = "é" i: Team = blue j: f64 = -0 }',
    ).components;
    expect(component?.columns).toEqual([
      {
        name: "a",
        type: { kind: "scalar", name: "bool" },
        default: { kind: "bool", value: true },
        visibility: "public",
      },
      {
        name: "b",
        type: { kind: "scalar", name: "i32" },
        default: { kind: "number", value: 16 },
        range: { min: -5, max: 20 },
        visibility: "public",
      },
      {
        name: "c",
        type: { kind: "scalar", name: "u64" },
        default: { kind: "bigint", value: "18446744073709551615" },
        range: { min: "0", max: "18446744073709551615" },
        visibility: "public",
      },
      {
        name: "d",
        type: { kind: "scalar", name: "f32" },
        default: { kind: "number", value: Math.fround(0.1) },
        range: { min: Math.fround(0.1), max: 1 },
        visibility: "public",
      },
      { name: "e", type: { kind: "scalar", name: "timestamp" }, default: { kind: "now" }, visibility: "public" },
      {
        name: "f",
        type: { kind: "scalar", name: "timestamp" },
        default: { kind: "number", value: -5 },
        visibility: "public",
      },
      { name: "g", type: { kind: "string", max: 4 }, default: { kind: "string", value: "a\n" }, visibility: "public" },
      { name: "h", type: { kind: "bytes", max: 4 }, default: { kind: "bytes", value: "c3a9" }, visibility: "public" },
      {
        name: "i",
        type: { kind: "enum", namespace: "shop", name: "Team" },
        default: { kind: "enum", name: "blue", value: 5 },
        visibility: "public",
      },
      { name: "j", type: { kind: "scalar", name: "f64" }, default: { kind: "number", value: 0 }, visibility: "public" },
    ]);
  });

  it("lists indexes of single columns first, in column order, then composite ones as written", () => {
    const [component] = namespaceOf(
      "@unique(c, a) @index(a, b)\ncomponent A { a: i32 @unique b: i32 c: i32 @index }",
    ).components;
    expect(component?.indexes).toEqual([
      { name: "a", columns: ["a"], unique: true },
      { name: "c", columns: ["c"], unique: false },
      { name: "c,a", columns: ["c", "a"], unique: true },
      { name: "a,b", columns: ["a", "b"], unique: false },
    ]);
  });

  it("says who may read", () => {
    const { components } = namespaceOf(
      "session { guild: i64 }\n" +
        "component A { x: i32 }\n@permission(everybody)\ncomponent B { x: i32 }\n@permission(admin)\ncomponent C { x: i32 }\n" +
        "@permission(owner)\ncomponent D { owner: i64 @index }\n" +
        "@rls(guild == ctx.guild) @rls(x < ctx.caller)\ncomponent E { guild: i64 @index x: i64 }",
    );
    expect(components.map(({ access }) => access)).toEqual([
      { readers: "admin", rules: [] },
      { readers: "everybody", rules: [] },
      { readers: "admin", rules: [] },
      { readers: "user", rules: [{ column: "owner", operator: "==", context: "caller" }] },
      {
        readers: "user",
        rules: [
          { column: "guild", operator: "==", context: "guild" },
          { column: "x", operator: "<", context: "caller" },
        ],
      },
    ]);
  });

  it("takes docs on which nothing is written for none", () => {
    const { components } = namespaceOf("///\n///  \ncomponent A {\n  ///\n  x: i32\n}");
    expect(components[0]).not.toHaveProperty("doc");
    expect(components[0]?.columns[0]).not.toHaveProperty("doc");
  });

  it("keeps what the other attributes say", () => {
    const [component] = namespaceOf(
      '/// Rows.\n///  More.\n@volatile @backend(archive) @was(Old, Older) @deprecated("no")\n@permission(user)\n' +
        "component A {\n  /// A column.\n  owner: i64\n  b: i32 @permission(owner) @was(c)\n  d: i32 @permission(admin)\n}",
    ).components;
    expect(component).toMatchObject({
      doc: "Rows.\n More.",
      deprecated: "no",
      volatile: true,
      backend: "archive",
      was: "Old",
      wasBefore: ["Older"],
      columns: [
        { name: "owner", doc: "A column.", visibility: "public" },
        { name: "b", visibility: "owner", was: "c" },
        { name: "d", visibility: "admin" },
      ],
    });
  });
});

describe("the model of a system", () => {
  it("keeps what its attributes, parameters and clauses say", () => {
    const { systems } = namespaceOf(
      "component A { x: i32 }\nstruct S { x: i32 }\nerror E { x: i32 }\nevent V { x: i32 }\n" +
        "@permission(user) @retry(3) @once @limit(times: 5, per: 2m) @timeout(1s)\n" +
        "system a(x: i32 @range(0, 9), y?: S[]): S? uses A calls b, b:Shop rejects E emits V\nsystem b() uses A",
    );
    expect(systems[0]).toEqual({
      name: "a",
      params: [
        { name: "x", type: { kind: "scalar", name: "i32" }, range: { min: 0, max: 9 } },
        {
          name: "y",
          type: { kind: "array", of: { kind: "struct", namespace: "shop", name: "S" } },
          optional: true,
        },
      ],
      result: { type: { kind: "struct", namespace: "shop", name: "S" }, optional: true },
      uses: ["A"],
      calls: [{ system: "b" }, { system: "b", suffix: "Shop" }],
      rejects: ["E"],
      emits: ["V"],
      permission: "user",
      retry: 3,
      once: true,
      limit: { times: 5, perMs: 120_000 },
      timeoutMs: 1_000,
      cluster: 0,
    });
    expect(systems[1]).toEqual({
      name: "b",
      params: [],
      uses: ["A"],
      calls: [],
      rejects: [],
      emits: [],
      retry: 9_999,
      cluster: 0,
    });
  });

  it("keeps how old a state it may read, in milliseconds", () => {
    const { systems } = namespaceOf("component A { x: i32 }\n@stale(90s)\nsystem a() uses A\nsystem b() uses A");
    expect(systems.map(({ staleMs }) => staleMs)).toEqual([90_000, undefined]);
  });

  it("has its trigger", () => {
    const { systems } = namespaceOf(
      'component A { x: i32 }\n@on(connect)\nsystem a() uses A\n@every(500ms)\nsystem b() uses A\n@cron(" 0  3 * * * ")\nsystem c() uses A',
    );
    expect(systems.map(({ trigger }) => trigger)).toEqual([
      { kind: "on", event: "connect" },
      { kind: "every", everyMs: 500 },
      { kind: "cron", expression: "0 3 * * *" },
    ]);
  });

  it("rejects with its own errors, then with those of what it calls, each once", () => {
    const { systems, endpoints } = namespaceOf(
      "error A {}\nerror B {}\nerror C {}\n" +
        "system a() calls b, c rejects B\nsystem b() calls c rejects A\nsystem c() rejects C, A\nendpoint e() calls a rejects C",
    );
    expect(systems.map(({ rejects }) => rejects)).toEqual([
      ["B", "A", "C"],
      ["A", "C"],
      ["C", "A"],
    ]);
    expect(endpoints[0]?.rejects).toEqual(["C", "B", "A"]);
  });
});

describe("the model of other declarations", () => {
  it("numbers the values of an enum from the previous one", () => {
    const [declared] = namespaceOf("enum E { a = -1, b, c = 0x10, d }").enums;
    expect(declared).toEqual({
      name: "E",
      base: "i32",
      values: [
        { name: "a", value: -1 },
        { name: "b", value: 0 },
        { name: "c", value: 16 },
        { name: "d", value: 17 },
      ],
    });
  });

  it("names the namespace of foreign types", () => {
    const model = compiled("namespace a\nstruct A { b: b.B }", "namespace b\nenum B { one }");
    expect(model.namespaces[0]?.structs[0]?.fields[0]?.type).toEqual({ kind: "enum", namespace: "b", name: "B" });
  });

  it("joins the files of a namespace in the order of their paths", () => {
    const { structs } = namespaceOf("struct B { x: i32 }", "struct A { x: i32 }");
    expect(structs.map(({ name }) => name)).toEqual(["B", "A"]);
  });

  it("is frozen and plain JSON", () => {
    const model = compiled("session { guild: i64 }\nenum E { a }\ncomponent A { x: E = a }\nsystem s() uses A");
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(model)).toBe(true);
  });
});
