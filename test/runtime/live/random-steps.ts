import fc from "fast-check";

/** One end of a range: leading column values, `undefined` for none. */
export type End = { readonly values: readonly number[]; readonly exclusive: boolean } | undefined;

export interface RandomQuery {
  readonly kind: "get" | "range";
  readonly table: TableName;
  readonly columns: readonly string[];
  readonly left: End;
  readonly right: End;
  readonly limit: number;
  readonly desc: boolean;
  readonly force: boolean;
}

export interface RandomWrite {
  readonly table: TableName;
  readonly id: bigint;
  readonly erase: boolean;
  readonly values: Readonly<Record<string, number>>;
}

export interface Context {
  readonly caller: bigint | undefined;
  readonly admin: boolean;
  readonly guild: bigint | undefined;
}

export type Step =
  | { readonly do: "write"; readonly writes: readonly RandomWrite[] }
  | {
      readonly do: "drain";
      readonly table: TableName;
      readonly index: number;
      readonly desc: boolean;
      readonly count: number;
    }
  | { readonly do: "subscribe"; readonly viewer: number; readonly query: RandomQuery }
  | { readonly do: "unsubscribe"; readonly viewer: number; readonly which: number }
  | { readonly do: "become"; readonly viewer: number; readonly context: Context }
  | { readonly do: "reconnect"; readonly viewer: number; readonly context: Context }
  | { readonly do: "read"; readonly viewer: number };

export type TableName = keyof typeof INDEXES;

export const VIEWERS = 4;

export const INDEXES = {
  Position: [["id"], ["owner"], ["x"], ["zone", "x"]],
  Inventory: [["id"], ["owner"], ["owner", "item"]],
  Profile: [["id"], ["owner"]],
  Notice: [["id"], ["guild"]],
} as const;

const small = fc.integer({ min: 0, max: 6 });
const viewer = fc.integer({ min: 0, max: VIEWERS - 1 });
const table = fc.constantFrom(...(Object.keys(INDEXES) as TableName[]));

const write: fc.Arbitrary<RandomWrite> = fc.record({
  table,
  id: fc.bigInt({ min: 1n, max: 24n }),
  erase: fc.integer({ min: 0, max: 9 }).map((die) => die < 3),
  values: fc.record(
    { owner: small, x: small, y: small, zone: fc.integer({ min: 0, max: 2 }), count: small, guild: small, note: small },
    { requiredKeys: [] },
  ),
});

const query: fc.Arbitrary<RandomQuery> = table.chain((name) =>
  fc
    .constantFrom<readonly (readonly string[])[]>(...INDEXES[name].map((columns) => [columns]))
    .chain(([columns = []]) => {
      const values = fc.array(small, { minLength: 1, maxLength: columns.length });
      const end = fc.option(fc.record({ values, exclusive: fc.boolean() }), { nil: undefined, freq: 3 });
      return fc.record({
        kind: fc.constantFrom("get", "range", "range", "range"),
        table: fc.constant(name),
        columns: fc.constant(columns),
        left: end,
        right: end,
        limit: fc.constantFrom(1, 2, 3, 5, 100),
        desc: fc.boolean(),
        force: fc.boolean(),
      });
    }),
);

const user = fc.bigInt({ min: 0n, max: 4n });
const context: fc.Arbitrary<Context> = fc.record({
  caller: fc.option(user, { nil: undefined, freq: 6 }),
  admin: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
  guild: fc.option(user, { nil: undefined, freq: 4 }),
});

/** Many rows at once, so that windows have spare rows to run out of. */
export function fill(name: TableName, factor: number): Step {
  const writes = Array.from({ length: 40 }, (_, at): RandomWrite => {
    const value = (at * factor) % 7;
    return { table: name, id: BigInt(at + 1), erase: false, values: { owner: value, x: value, guild: value } };
  });
  return { do: "write", writes };
}

const filling = fc.tuple(table, fc.integer({ min: 1, max: 12 })).map(([name, factor]) => fill(name, factor));

/** The first rows of an index all at once, so that windows do run out of them. */
const draining = fc.record({
  do: fc.constant("drain" as const),
  table,
  index: fc.nat({ max: 3 }),
  desc: fc.boolean(),
  count: fc.integer({ min: 5, max: 20 }),
});

/** Of one transaction. */
export const writes: fc.Arbitrary<readonly RandomWrite[]> = fc.array(write, {
  minLength: 1,
  maxLength: 20,
  size: "max",
});

const writing = fc.record({ do: fc.constant("write" as const), writes });
const subscribing = fc.record({ do: fc.constant("subscribe" as const), viewer, query });

/** Steps that give every part of the engine something to do; writes and subscriptions are the most frequent. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: writing },
    { weight: 1, arbitrary: filling },
    { weight: 2, arbitrary: draining },
    { weight: 5, arbitrary: subscribing },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("unsubscribe" as const), viewer, which: fc.nat({ max: 20 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("become" as const), viewer, context }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("reconnect" as const), viewer, context }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("read" as const), viewer }) },
  ),
  { minLength: 1, maxLength: 60, size: "max" },
);
