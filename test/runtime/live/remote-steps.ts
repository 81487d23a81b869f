import fc from "fast-check";
import { type RandomWrite, type Step, steps, writes } from "./random-steps.js";

/** What may happen to a shared store beyond {@link Step}s, and to those who follow it. */
export type RemoteStep =
  | Step
  /** Commits are lost on the way, but for the next few. */
  | { readonly do: "lose"; readonly store: number; readonly kept: number }
  /** The last commits are undone, and others made in their place. */
  | {
      readonly do: "rewrite";
      readonly store: number;
      readonly undone: number;
      readonly kept: number;
      readonly writes: readonly (readonly RandomWrite[])[];
    }
  /** The live queries are exchanged, or nearly. */
  | { readonly do: "exchange"; readonly cancel: boolean };

/** What travels and in which order, and what scans see. */
export interface Travel {
  readonly events: readonly ("arrive" | "answer" | "microtask" | "macrotask")[];
  readonly which: number;
  readonly late: boolean;
  readonly lag: number;
  readonly foreign: boolean;
}

const travel: fc.Arbitrary<Travel> = fc.record({
  events: fc.array(fc.constantFrom("arrive", "arrive", "answer", "answer", "microtask", "macrotask"), {
    maxLength: 6,
    size: "max",
  }),
  which: fc.nat(),
  late: fc.boolean(),
  lag: fc.nat({ max: 3 }),
  foreign: fc.boolean(),
});

const store = fc.nat({ max: 1 });
const kept = fc.nat({ max: 2 });
const disturbance: fc.Arbitrary<RemoteStep> = fc.oneof(
  fc.record({ do: fc.constant("lose" as const), store, kept }),
  fc.record({
    do: fc.constant("rewrite" as const),
    store,
    undone: fc.nat({ max: 5 }),
    kept,
    writes: fc.array(writes, { maxLength: 4 }),
  }),
  fc.record({ do: fc.constant("exchange" as const), cancel: fc.integer({ min: 0, max: 3 }).map((die) => die === 0) }),
);

export type RemoteSteps = readonly (readonly [RemoteStep, Travel])[];

/** Steps on shared stores, with what is on its way between them. */
export const remoteSteps: fc.Arbitrary<RemoteSteps> = fc
  .tuple(steps, fc.array(fc.tuple(fc.nat(), disturbance), { maxLength: 8, size: "max" }))
  .map(([list, disturbances]) => {
    const mixed: RemoteStep[] = [...list];
    for (const [at, step] of disturbances) mixed.splice(at % (mixed.length + 1), 0, step);
    return mixed;
  })
  .chain((mixed) => fc.tuple(...mixed.map((step) => fc.tuple(fc.constant(step), travel))));
