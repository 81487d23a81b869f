import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts } from "../../templates/client-ts/codec/compare.js";
import { type Change, changeBetween, rowOf } from "../../templates/client-ts/live/change.js";
import { ChangeStream } from "../../templates/client-ts/live/change-stream.js";
import { readBigint, readNumber, readString } from "../../templates/client-ts/codec/readers.js";
import { component as componentOf } from "../../templates/client-ts/live/component.js";
import { Subscription } from "../../templates/client-ts/live/subscription.js";
import type { RowPatch } from "../../templates/client-ts/protocol/protocol.js";

interface Item {
  readonly id: bigint;
  readonly name: string;
  readonly rank: number;
}

const same = (a: Item, b: Item): boolean => a.name === b.name && a.rank === b.rank;
const compare = (a: Item, b: Item): number =>
  compareTexts(a.name, b.name) || a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const component = componentOf<Item, never, never>({
  name: "Item",
  columns: { id: ["id", readBigint], name: ["name", readString], rank: ["rank", readNumber] },
  indexes: {},
  same,
});
const index = { name: "name,rank", properties: ["name", "rank"], columns: [], unique: false, compare };

const text = fc.constantFrom("a", "b", "ab", "", "\uffff", "\u{1f600}", "é");
const item = fc.record({ id: fc.integer({ min: 1, max: 8 }), name: text, rank: fc.integer({ min: 0, max: 2 }) });
/** Columns of one of the rows that there are, by its place. */
const patch = fc.record({
  place: fc.nat({ max: 7 }),
  name: fc.option(text, { nil: undefined }),
  rank: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
});
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("update" as const),
      rows: fc.array(item, { maxLength: 4 }),
      gone: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 2 }),
      patches: fc.array(patch, { maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("reconnect" as const, "resume" as const),
      rows: fc.array(item, { maxLength: 8 }),
    }),
  },
);

/** By code point, the slow way. */
function byDefinition(a: Item, b: Item): number {
  const [left, right] = [Array.from(a.name), Array.from(b.name)].map((points) =>
    points.map((point) => point.codePointAt(0) ?? 0),
  );
  for (let at = 0; at < Math.min(left!.length, right!.length); at++) {
    if (left![at] !== right![at]) return left![at]! - right![at]!;
  }
  return left!.length - right!.length || a.rank - b.rank || Number(a.id - b.id);
}

/** Changes some columns of a row of the model. @returns the same for the subscription. */
function patched(
  model: Map<bigint, Item>,
  { place, name, rank }: { place: number; name: string | undefined; rank: number | undefined },
): RowPatch[] {
  const old = [...model.values()][place % Math.max(1, model.size)];
  if (old === undefined) return [];
  const changed = [
    [0, name],
    [1, rank],
  ].filter(([, value]) => value !== undefined);
  model.set(old.id, { id: old.id, name: name ?? old.name, rank: rank ?? old.rank });
  return [
    { id: old.id, columns: changed.map(([column]) => column as number), values: changed.map(([, value]) => value) },
  ];
}

describe("a subscription", () => {
  it("holds what a model holds, in order, and its changes turn one state into the next", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, desc) => {
        const subscription = new Subscription({ component, index, left: 0, right: 0, limit: 100, desc }, () =>
          subscription.show(),
        );
        const model = new Map<bigint, Item>();
        const mirror = new Map<bigint, Item>();
        subscription.observers.add({
          onCurrent: () => undefined,
          onStale: () => undefined,
          onFailure: (error) => expect.fail(error.message),
          onChanges(changes) {
            const ranks = changes.map(({ kind }) => ["delete", "update", "insert"].indexOf(kind));
            expect(ranks).toStrictEqual([...ranks].sort());
            for (const change of changes) {
              expect(mirror.get(rowOf(change).id)).toStrictEqual(change.old);
              if (change.row !== undefined && change.old !== undefined)
                expect(same(change.row, change.old)).toBe(false);
              if (change.row === undefined) mirror.delete(change.old.id);
              else mirror.set(change.row.id, change.row);
            }
          },
        });
        subscription.answered({ kind: "subscribed", subscription: 1, rows: [] });
        for (const each of steps) {
          if (each.kind === "update") {
            const gone = each.gone.map(BigInt);
            const rows = each.rows.filter(({ id }) => !gone.includes(BigInt(id)));
            for (const id of gone) model.delete(id);
            for (const row of rows) model.set(BigInt(row.id), component.read(row));
            const patches = each.patches.flatMap((wanted) => patched(model, wanted));
            subscription.update({ rows, patches, gone })();
          } else {
            subscription.lost();
            const rows = [...new Map(each.rows.map((row) => [row.id, row])).values()];
            const gone = [...model.keys()].filter((id) => rows.every((row) => BigInt(row.id) !== id));
            model.clear();
            for (const row of rows) model.set(BigInt(row.id), component.read(row));
            subscription.answered(
              each.kind === "reconnect"
                ? { kind: "subscribed", subscription: 1, rows }
                : { kind: "caughtUp", subscription: 1, changes: { rows, patches: [], gone } },
            );
          }
          const expected = [...model.values()].sort((a, b) => (desc ? byDefinition(b, a) : byDefinition(a, b)));
          expect(subscription.rows.view).toStrictEqual(expected);
          expect(mirror).toStrictEqual(model);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a stream of changes", () => {
  it("brings a reader to the same rows however slowly it reads, and never holds more than rows there are or were", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(item, fc.boolean(), fc.boolean()), { maxLength: 40 }), async (steps) => {
        const stream = new ChangeStream<Item>(same, () => undefined);
        const truth = new Map<bigint, Item>();
        const seen = new Map<bigint, Item>();
        const take = (change: Change<Item>): void => {
          expect(seen.get(rowOf(change).id)).toStrictEqual(change.old);
          if (change.row === undefined) seen.delete(change.old.id);
          else seen.set(change.row.id, change.row);
        };
        let inFlight: Promise<void> | undefined;
        for (const [wire, isGone, reads] of steps) {
          const row = component.read(wire);
          const change = changeBetween(truth.get(row.id), isGone ? undefined : row, same);
          if (change !== undefined) {
            if (isGone) truth.delete(row.id);
            else truth.set(row.id, row);
            stream.push(change);
          }
          if (reads) {
            await inFlight;
            inFlight = undefined;
            if (!equal(seen, truth)) inFlight = stream.next().then(({ value }) => take(value as Change<Item>));
          }
        }
        await inFlight;
        stream.end();
        let rest = 0;
        for await (const change of stream) {
          take(change);
          rest++;
        }
        expect(seen).toStrictEqual(truth);
        expect(rest).toBeLessThanOrEqual(8);
      }),
      { numRuns: 300 },
    );
  });

  it("ends the loop that leaves it", async () => {
    let returned = 0;
    const stream = new ChangeStream<Item>(same, () => returned++);
    stream.push({ kind: "insert", row: { id: 1n, name: "a", rank: 0 }, old: undefined });
    for await (const change of stream) {
      expect(change.kind).toBe("insert");
      break;
    }
    expect(returned).toBe(1);
    expect(await stream.next()).toStrictEqual({ done: true, value: undefined });
  });
});

function equal(a: ReadonlyMap<bigint, Item>, b: ReadonlyMap<bigint, Item>): boolean {
  return a.size === b.size && [...a].every(([id, row]) => row === b.get(id) || (b.has(id) && same(row, b.get(id)!)));
}
