import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SubscribeResult } from "../../../runtime/live/contract.js";
import { readServerFrames } from "../../../runtime/wire/hetu2/frames.js";
import { ArrayView } from "./array-view.js";
import { openWorld, type Write } from "./live-world.js";
import { text } from "./row-text.js";
import { Oracle } from "./oracle.js";
import { type Step, steps } from "./random-steps.js";

type Subscribed = Extract<SubscribeResult, { status: "subscribed" }>;

const place = { kind: "range", index: "x", left: 0, right: 10, limit: 3, desc: false, force: true } as const;

function subscribed(result: unknown): Subscribed {
  expect(result).toMatchObject({ status: "subscribed" });
  return result as Subscribed;
}

describe("a reader that comes back", () => {
  it("is told of the rows that were written, came or went behind its position, and of no others", async () => {
    const { commit, viewer, live } = openWorld();
    const at = (owner: bigint, x: number) => ({ owner, x });
    for (const id of [1n, 2n, 3n, 4n]) await commit(["insert", "Position", id, at(id, Number(id))]);
    const first = viewer({ caller: 1n });
    const request = { ...place, table: "Position" };
    const before = subscribed(live.subscribe(first, request));
    const view = new ArrayView("Position", before.hetu2());
    live.drop(first);
    await commit(["update", "Position", 2n, { x: 2.5 }], ["delete", "Position", 3n]);
    const second = viewer({ caller: 1n });
    const after = subscribed(live.subscribe(second, request));
    const bytes = after.caughtUp(new Set(view.rows.keys()), before.position);
    const [frame] = readServerFrames(bytes);
    expect(frame).toStrictEqual({
      kind: "caughtUp",
      subscription: after.number,
      position: after.position,
      // Row 4 moved into the window without having been written; row 1 is as it was.
      delta: {
        updates: [],
        inserts: [
          [2, 2, 0, 2.5, 0],
          [4, 4, 0, 4, 0],
        ],
        deletes: [3n],
      },
    });
  });
});

test("what a reader had, caught up, is what a fresh subscription gives", async () => {
  const writes = steps.map((all) =>
    all.filter((step): step is Extract<Step, { do: "write" | "drain" }> => step.do === "write" || step.do === "drain"),
  );
  const queries = steps.map((all) => all.flatMap((step) => (step.do === "subscribe" ? [step.query] : [])));
  const person = fc.record({
    caller: fc.bigInt({ min: 0n, max: 4n }),
    admin: fc.boolean(),
    session: fc.constantFrom<Record<string, bigint>>({}, { guild: 1n }, { guild: 2n }),
  });
  await fc.assert(
    fc.asyncProperty(writes, writes, queries, person, async (earlier, later, asked, is) => {
      const { commit, viewer, live } = openWorld();
      const oracle = new Oracle();
      const run = async (all: typeof earlier): Promise<void> => {
        for (const step of all) {
          const commands: Write[] =
            step.do === "drain"
              ? oracle.drain(step)
              : [...new Map(step.writes.map((write) => [`${write.table} ${write.id}`, write])).values()].flatMap(
                  (write) => [oracle.write(write)].filter((command) => command !== undefined),
                );
          if (commands.length > 0) await commit(...commands);
        }
      };
      await run(earlier);
      const first = viewer(is);
      const requests = asked.map(({ table, columns, limit, desc }) => {
        return {
          kind: "range",
          table,
          index: columns.join(","),
          left: null,
          right: null,
          limit,
          desc,
          force: true,
        } as const;
      });
      const views = requests.map((request) => {
        const result = subscribed(live.subscribe(first, request));
        return { view: new ArrayView(request.table, result.hetu2()), position: result.position };
      });
      // Others keep the numbers in use, as the other readers of a world do.
      const other = viewer(is);
      for (const request of requests) void live.subscribe(other, request);
      live.drop(first);
      other.deliver = () => undefined;
      await run(later);
      const second = viewer(is);
      for (const [at, request] of requests.entries()) {
        const { view, position } = views[at] as (typeof views)[number];
        const result = subscribed(live.subscribe(second, request));
        view.catchUp(result.caughtUp(new Set(view.rows.keys()), position));
        const rows = (one: ArrayView): string[] => [...one.rows.values()].map((row) => text({ row })).sort();
        expect(rows(view)).toEqual(rows(new ArrayView(request.table, result.hetu2())));
      }
    }),
    { numRuns: 200 },
  );
});
