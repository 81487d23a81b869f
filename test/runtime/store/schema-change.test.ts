import { afterAll, describe, expect, it } from "vitest";
import type { Row } from "../../../runtime/codegen/row.js";
import type { Schema } from "../../../runtime/schema/schema.js";
import { EmbeddedStore } from "../../../runtime/store/embedded/embedded-store.js";
import { spaceKey } from "../../../runtime/store/embedded/key-space.js";
import { openLmdb } from "../../../runtime/store/embedded/lmdb.js";
import { SchemaChangeError } from "../../../runtime/store/errors.js";
import { cleanUp, temporaryFolder } from "../transaction/world.js";
import { type PlainColumn, type PlainComponent, plainSchema, type PlainSchema } from "./plain-schema.js";

afterAll(cleanUp);

const COLUMNS: readonly PlainColumn[] = [
  { name: "number", type: "i32", default: 0 },
  { name: "text", type: "string(8)", default: "" },
  { name: "team", type: "Team", default: "red" },
];

function item(changes: Partial<PlainComponent> = {}): PlainComponent {
  return { name: "Item", columns: COLUMNS, ...changes };
}

const ROWS = [
  { number: 1, text: "one", team: "red" },
  { number: 2, text: "zwei", team: "red" },
  { number: 3, text: "", team: "red" },
];

/** One process after the other on the same folder. */
async function on<T>(path: string, schema: Schema | PlainSchema, use: (store: EmbeddedStore) => T): Promise<T> {
  const store = EmbeddedStore.open({ path });
  try {
    store.applySchema("namespace" in schema ? schema : plainSchema(schema));
    return use(store);
  } finally {
    await store.close();
  }
}

function fill(store: EmbeddedStore, rows: readonly Record<string, unknown>[] = ROWS): void {
  const table = store.table("Item");
  for (const values of rows) {
    const after = table.codec.create(store.nextId(), values, 0, false);
    store.commit({ rows: [], keys: [], ranges: [], operations: 0 }, [
      { table, id: after.id, before: undefined, after },
    ]);
  }
}

function rows(store: EmbeddedStore, index = 0): Record<string, unknown>[] {
  const scan = { index, lower: new Uint8Array(0), upper: undefined, limit: Infinity, desc: false };
  return store.range({ table: store.table("Item"), ...scan }).map((row: Row) => row.toObject());
}

/** Fills a folder under one schema. @returns what happens when it is opened under another. */
async function change(from: PlainSchema, to: PlainSchema): Promise<Record<string, unknown>[] | SchemaChangeError> {
  const path = temporaryFolder();
  await on(path, from, fill);
  try {
    return await on(path, to, rows);
  } catch (error) {
    if (!(error instanceof SchemaChangeError)) throw error;
    // Nothing may have been changed.
    expect(await on(path, from, rows)).toEqual(ROWS);
    return error;
  }
}

describe("a schema that adds", () => {
  it("columns with defaults fills them into the rows that exist, wherever they stand", async () => {
    const columns: PlainColumn[] = [
      { name: "first", type: "bool", default: true },
      { name: "note", type: "string(20)", default: "new" },
      ...COLUMNS,
      { name: "big", type: "i64", default: 5n },
      { name: "data", type: "bytes(4)", default: new Uint8Array([1, 2]) },
      { name: "ratio", type: "f64", default: 0.5 },
      { name: "side", type: "Team", default: "blue" },
    ];
    const added = { first: true, note: "new", big: 5n, data: new Uint8Array([1, 2]), ratio: 0.5, side: "blue" };
    const team = { red: 0, blue: 5 };
    expect(await change({ components: [item()] }, { components: [item({ columns })], team })).toEqual(
      ROWS.map((row) => ({ ...row, ...added })),
    );
  });

  it("a timestamp with the default now fills in the time of the change", async () => {
    const before = Date.now();
    const columns: PlainColumn[] = [...COLUMNS, { name: "at", type: "timestamp", default: "now" }];
    const [row] = (await change({ components: [item()] }, { components: [item({ columns })] })) as { at: number }[];
    expect(row?.at).toBeGreaterThanOrEqual(before);
    expect(row?.at).toBeLessThanOrEqual(Date.now());
  });

  it("an index, or makes one unique, builds it from the rows that exist", async () => {
    const path = temporaryFolder();
    const numbers = { columns: ["number"], unique: false };
    await on(path, { components: [item()] }, fill);
    for (const unique of [false, true, false]) {
      const indexes = [
        { ...numbers, unique },
        { columns: ["team", "text"], unique: false },
      ];
      await on(path, { components: [item({ indexes })] }, (store) => {
        expect(rows(store, 1).map(({ number }) => number)).toEqual([1, 2, 3]);
        expect(rows(store, 2).map(({ text }) => text)).toEqual(["", "one", "zwei"]);
      });
    }
  });

  it("values to an enum and length to a text keeps the rows", async () => {
    const columns: PlainColumn[] = COLUMNS.map((column) =>
      column.name === "text" ? { ...column, type: "string(300)" } : column,
    );
    const to = { components: [item({ columns })], team: { blue: 5, red: 0 } };
    expect(await change({ components: [item()] }, to)).toEqual(ROWS);
  });

  it("components, or columns in another order, keeps the rows", async () => {
    const to = { components: [{ name: "Other", columns: [] }, item({ columns: [...COLUMNS].reverse() })] };
    expect(await change({ components: [item()] }, to)).toEqual(ROWS);
  });
});

describe("a schema that takes away", () => {
  it("an index keeps the rows, and builds the index anew when it comes back", async () => {
    const path = temporaryFolder();
    const indexed = { components: [item({ indexes: [{ columns: ["number"], unique: true }] })] };
    await on(path, indexed, fill);
    await on(path, { components: [item()] }, (store) => fill(store, [{ number: -1, text: "", team: "red" }]));
    await on(path, indexed, (store) => expect(rows(store, 1).map(({ number }) => number)).toEqual([-1, 1, 2, 3]));
  });

  it("a component, a column or an enum value, or changes a type, is refused with everything named", async () => {
    const columns: PlainColumn[] = [
      { name: "number", type: "i64", default: 0n },
      { name: "team", type: "Team", default: "blue" },
      { name: "fresh", type: "i32" },
    ];
    const error = await change({ components: [item()] }, { components: [item({ columns })], team: { blue: 5 } });
    expect(error).toBeInstanceOf(SchemaChangeError);
    expect((error as SchemaChangeError).message).toBe(
      [
        "the data of namespace plain does not fit the new schema:",
        "  - column Item.text is gone",
        "  - column Item.number was i32 and is now i64",
        "  - column Item.team may hold Team.red, which Team no longer has",
        "  - column Item.team has more values of Team: blue",
        "  - column Item.fresh is new; the rows that exist get 0, the zero of i32",
        "in the way:",
        "  - column Item.text is gone; its values would be lost",
        "    to allow it: --drop Item.text",
        "stop the server and run hetu upgrade --plan, which tells what can be done and changes nothing, then hetu " +
          "upgrade; or undo these changes, or reset the data",
      ].join("\n"),
    );
    const gone = await change({ components: [item()] }, { components: [] });
    expect((gone as SchemaChangeError).changes).toMatchObject([{ kind: "component-removed", component: "Item" }]);
  });

  it("another name under @was is refused, and called what it is", async () => {
    const renamed = { components: [{ ...item(), name: "Thing", was: "Item" }] };
    const error = await change({ components: [item()] }, renamed);
    expect((error as SchemaChangeError).changes.map(({ description }) => description)).toEqual([
      "component Item is called Thing now",
    ]);
    expect((error as SchemaChangeError).problems).toEqual([]);
  });

  it("length from a text is refused", async () => {
    const columns: PlainColumn[] = COLUMNS.map((column) =>
      column.name === "text" ? { ...column, type: "string(4)" } : column,
    );
    expect(await change({ components: [item()] }, { components: [item({ columns })] })).toBeInstanceOf(
      SchemaChangeError,
    );
  });

  it("anything from a table without rows, or from a volatile one, is accepted", async () => {
    const path = temporaryFolder();
    await on(path, { components: [item()] }, () => undefined);
    await on(path, { components: [item({ columns: [], volatile: true })] }, (store) => fill(store, [{}]));
    await on(path, { components: [item({ volatile: true })] }, (store) => expect(rows(store)).toEqual([]));
    await on(path, { components: [] }, () => undefined);
  });
});

it("refuses to make an index unique that would hold two rows under one key", async () => {
  const indexes = [{ columns: ["team"], unique: true }];
  const error = await change({ components: [item()] }, { components: [item({ indexes })] });
  expect((error as SchemaChangeError).rows).toMatchObject([{ component: "Item", member: "team" }]);
  expect((error as SchemaChangeError).message).toContain("have the same values");
});

it("refuses an index over a column in which a row has NaN, and names the row", async () => {
  const columns: PlainColumn[] = [{ name: "x", type: "f64", default: 0 }];
  const indexes = [{ columns: ["x"], unique: false }];
  const path = temporaryFolder();
  await on(path, { components: [item({ columns, indexes: [] })] }, (store) => fill(store, [{ x: 1 }, { x: NaN }]));
  const error = await on(path, { components: [item({ columns, indexes })] }, () => undefined).catch(
    (each: unknown) => each,
  );
  expect((error as SchemaChangeError).rows).toMatchObject([
    {
      component: "Item",
      member: "x",
      description: expect.stringMatching(/row \d+/) as string,
    },
  ]);
});

it("deletes everything on request, and then takes any schema", async () => {
  const path = temporaryFolder();
  await on(path, { components: [item()] }, fill);
  const store = EmbeddedStore.open({ path });
  const other = plainSchema({ components: [item({ columns: [{ name: "number", type: "i64" }] })] });
  expect(() => store.applySchema(other)).toThrow(SchemaChangeError);
  store.resetData();
  store.applySchema(other);
  expect(rows(store)).toEqual([]);
  fill(store, [{ number: 5n }]);
  expect(rows(store)).toEqual([{ number: 5n }]);
  await store.close();
});

it("empties volatile tables when it starts, unless it is told that the instance goes on", async () => {
  const path = temporaryFolder();
  const schema = plainSchema({
    components: [item({ volatile: true, indexes: [{ columns: ["number"], unique: true }] })],
  });
  await on(path, schema, fill);
  const store = EmbeddedStore.open({ path });
  store.applySchema(schema, { keepVolatile: true });
  expect(rows(store, 1)).toEqual(ROWS);
  await store.close();
  await on(path, schema, (again) => {
    expect(rows(again)).toEqual([]);
    expect(rows(again, 1)).toEqual([]);
  });
});

it("does not use up numbers of tables by being opened again and again", async () => {
  const path = temporaryFolder();
  const indexes = [{ columns: ["number"], unique: true }];
  const schema = plainSchema({
    components: [item({ volatile: true, indexes }), { ...item({ indexes }), name: "Empty" }],
  });
  const rowKeys: string[] = [];
  for (let i = 0; i < 3; i++) {
    await on(path, schema, fill);
    const lmdb = openLmdb(path);
    rowKeys.push([...lmdb.getKeys({ start: spaceKey(1, new Uint8Array(0)) })].map((key) => key[1]).join());
    await lmdb.close();
  }
  expect(new Set(rowKeys).size).toBe(1);
});
