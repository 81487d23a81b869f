import fc from "fast-check";
import { expect, it } from "vitest";
import { exclusive } from "../../../runtime/schema/bound.js";
import type { Store } from "../../../runtime/store/contract.js";
import { UniqueViolationError } from "../../../runtime/transaction/errors.js";
import type { AnyContext, Thing } from "../../fixtures/world/generated/server-ts/world/index.js";
import {
  type Fields,
  INDEXES,
  type ModelBound,
  type ModelRange,
  patches,
  prefixes,
  ThingModel,
} from "./thing-model.js";
import { LONGER } from "../../longer.js";
import { onTopologies, type TestStores, TOPOLOGIES } from "../topologies.js";
import { World } from "./world.js";

type Step =
  | { readonly kind: "insert"; readonly values: Partial<Fields> }
  | { readonly kind: "upsert"; readonly owner: bigint; readonly values: Partial<Fields> }
  | { readonly kind: "upsertByName"; readonly name: string; readonly i16Value: number; readonly owner: bigint }
  | { readonly kind: "assign" | "update"; readonly pick: number; readonly values: Partial<Fields> }
  | { readonly kind: "delete" | "getById"; readonly pick: number }
  | { readonly kind: "getByOwner"; readonly owner: bigint }
  | { readonly kind: "getByName"; readonly name: string; readonly i16Value: number }
  | { readonly kind: "range"; readonly range: ModelRange }
  | { readonly kind: "swapOwners"; readonly a: number; readonly b: number };

const bounds = (index: ModelRange["index"]): fc.Arbitrary<ModelBound | undefined> =>
  fc.option(fc.record({ values: prefixes(index), exclusive: fc.boolean() }), { nil: undefined });

const ranges: fc.Arbitrary<ModelRange> = fc.constantFrom(...INDEXES).chain((index) =>
  fc.record({
    index: fc.constant(index),
    left: bounds(index),
    right: bounds(index),
    limit: fc.constantFrom(0, 1, 2, 5, Infinity),
    desc: fc.boolean(),
  }),
);

const picks = fc.nat(1000);
const owners = fc.bigInt(-3n, 8n);
const names = { name: fc.constantFrom("", "a", "a\0", "ab"), i16Value: fc.constantFrom(-1, 0, 1) };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("insert" as const), values: patches }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("upsert" as const), owner: owners, values: patches }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("upsertByName" as const), owner: owners, ...names }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("assign" as const, "update" as const), pick: picks, values: patches }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("delete" as const, "getById" as const), pick: picks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("getByOwner" as const), owner: owners }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("getByName" as const), ...names }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("range" as const), range: ranges }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("swapOwners" as const), a: picks, b: picks }) },
);

interface Transaction {
  readonly steps: readonly Step[];
  /** Rolls back at the end. */
  readonly abort: boolean;
  /** What happens to the store afterwards. */
  readonly then: "nothing" | "go on in the next turn" | "wait until it is durable" | "reopen";
}

const transactions: fc.Arbitrary<Transaction> = fc.record({
  steps: fc.array(steps, { minLength: 1, maxLength: 12 }),
  abort: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  then: fc.constantFrom(
    "nothing",
    "nothing",
    "go on in the next turn",
    "go on in the next turn",
    "wait until it is durable",
    "reopen",
  ),
});

/** A bound as user code writes it. */
function bound(index: ModelRange["index"], value: ModelBound | undefined): unknown {
  if (value === undefined) return null;
  const plain = index.length === 1 ? value.values[0] : value.values;
  return value.exclusive ? exclusive(plain) : plain;
}

async function ask(ctx: AnyContext, { index, left, right, limit, desc }: ModelRange): Promise<Thing[]> {
  const range = ctx.Thing.range as (
    index: string,
    left: unknown,
    right: unknown,
    options: { limit?: number; desc: boolean },
  ) => Promise<Thing[]>;
  const options = limit === Infinity ? { desc } : { limit, desc };
  return range.call(ctx.Thing, index.join(","), bound(index, left), bound(index, right), options);
}

function pick(model: ThingModel, n: number): bigint | undefined {
  const ids = [...model.rows.keys()];
  return ids.length === 0 ? undefined : ids[n % ids.length];
}

/** Takes one step in the transaction and in the model. @returns `false` when the step was refused. */
async function take(ctx: AnyContext, model: ThingModel, step: Step): Promise<void> {
  const things = ctx.Thing;
  switch (step.kind) {
    case "insert": {
      const values = { owner: 0n, ...step.values };
      const next = model.copy();
      next.insert(-1n, values, ctx.now);
      if (next.hasDuplicates() && !model.hasDuplicates()) {
        await expect(things.insert(values)).rejects.toBeInstanceOf(UniqueViolationError);
      } else if (!model.hasDuplicates()) {
        model.insert((await things.insert(values)).id, values, ctx.now);
      }
      return;
    }
    case "upsert": {
      if (model.hasDuplicates()) return;
      const row = await things.upsert({ owner: step.owner }, step.values);
      if (!model.rows.has(row.id)) model.insert(row.id, { owner: step.owner }, ctx.now);
      Object.assign(model.rows.get(row.id) as Fields, step.values);
      return;
    }
    case "upsertByName": {
      if (model.hasDuplicates()) return;
      const { name, i16Value, owner } = step;
      const row = await things.upsert({ i16Value, name });
      if (!model.rows.has(row.id)) {
        model.insert(row.id, { name, i16Value, owner }, ctx.now);
        row.owner = owner;
      }
      expect(row.toObject()).toEqual(model.rows.get(row.id));
      return;
    }
    case "assign":
    case "update": {
      const id = pick(model, step.pick);
      if (id === undefined) return;
      if (step.kind === "update") await things.update({ id }, step.values);
      else Object.assign((await things.get({ id })) as Thing, step.values);
      Object.assign(model.rows.get(id) as Fields, step.values);
      return;
    }
    case "delete": {
      const id = pick(model, step.pick) ?? 12345n;
      expect(await things.delete({ id })).toBe(model.rows.delete(id));
      return;
    }
    case "getById": {
      const id = pick(model, step.pick) ?? 12345n;
      expect((await things.get({ id }))?.toObject()).toEqual(model.rows.get(id));
      return;
    }
    case "getByOwner":
      if (model.hasDuplicates()) return;
      expect((await things.get({ owner: step.owner }))?.toObject()).toEqual(model.byOwner(step.owner));
      return;
    case "getByName": {
      if (model.hasDuplicates()) return;
      const { name, i16Value } = step;
      expect((await things.get({ name, i16Value }))?.toObject()).toEqual(model.byName(name, i16Value));
      return;
    }
    case "range":
      expect((await ask(ctx, step.range)).map((row) => row.toObject())).toEqual(model.range(step.range));
      return;
    case "swapOwners": {
      const [a, b] = [pick(model, step.a), pick(model, step.b)];
      if (a === undefined || b === undefined) return;
      const [left, right] = [(await things.get({ id: a })) as Thing, (await things.get({ id: b })) as Thing];
      [left.owner, right.owner] = [right.owner, left.owner];
      const [one, two] = [model.rows.get(a) as Fields, model.rows.get(b) as Fields];
      [one.owner, two.owner] = [two.owner, one.owner];
    }
  }
}

async function play(stores: TestStores, list: readonly Transaction[]): Promise<void> {
  let store = await stores.open();
  let world = new World(store);
  let model = new ThingModel();
  for (const transaction of list) {
    let next = model;
    const outcome = await world.script(async (ctx) => {
      next = model.copy();
      for (const step of transaction.steps) await take(ctx, next, step);
      if (transaction.abort) ctx.abort();
    });
    if (transaction.abort) {
      expect(outcome).toMatchObject({ status: "rejected", code: "ABORTED" });
    } else if (next.hasDuplicates()) {
      expect(outcome).toMatchObject({ status: "failed", error: { name: "UniqueViolationError" } });
    } else {
      if (outcome.status === "failed") throw outcome.error;
      expect(outcome.status).toBe("ok");
      model = next;
    }
    if (transaction.then === "go on in the next turn") await new Promise((resolve) => setImmediate(resolve));
    if (transaction.then === "wait until it is durable") await durable(store);
    if (transaction.then === "reopen") {
      store = await stores.reopen(store);
      world = new World(store);
    }
    expect(await world.transact(async (ctx) => (await ctx.Thing.range("id")).map((row) => row.toObject()))).toEqual(
      model.range({ index: ["id"], left: undefined, right: undefined, limit: Infinity, desc: false }),
    );
  }
  await stores.end(store);
}

function durable(store: Store): Promise<void> {
  if (store.durablePosition >= store.position) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.onDurable((position) => {
      if (position < store.position) return;
      stop();
      resolve();
    });
  });
}

onTopologies(TOPOLOGIES, (stores) => {
  it("behaves like a plain list of rows, within transactions, across them and after reopening", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transactions, { minLength: 1, maxLength: 12 }), async (list) => {
        await play(stores, list);
      }),
      // Shorter than the test may take: what is reported is the counterexample as far as it was shrunk, not a timeout.
      { numRuns: stores.runs(150), interruptAfterTimeLimit: 45_000 * LONGER },
    );
  });
});
