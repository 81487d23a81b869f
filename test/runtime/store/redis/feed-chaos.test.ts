import fc from "fast-check";
import { expect, test } from "vitest";
import type { Commit } from "../../../../runtime/store/contract.js";
import { eventually, startRedis, TcpProxy } from "../../../redis/index.js";
import { FeedProcess, ForeignWriter, META, numberIn, STREAM } from "./feed-process.js";

const FAULTS = ["kill", "cut", "hold", "resume", "trim", "empty", "lose", "flip"] as const;

type Fault =
  | { readonly kind: "commits"; readonly count: number }
  | { readonly kind: "own"; readonly count: number }
  | { readonly kind: (typeof FAULTS)[number] };

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant("commits" as const), count: fc.integer({ min: 1, max: 40 }) }),
    weight: 5,
  },
  { arbitrary: fc.record({ kind: fc.constant("own" as const), count: fc.integer({ min: 1, max: 10 }) }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom(...FAULTS),
    }),
    weight: 6,
  },
);

interface Committed {
  readonly position: number;
  /** How often history had been lost before. */
  readonly epoch: number;
}

/** Which commit got which position, in each of the histories. */
class Truth {
  epoch = 0;
  readonly #commits = new Map<number, Committed>();

  add(number: number, position: number): void {
    this.#commits.set(number, { position, epoch: this.epoch });
  }

  of(commit: Commit): Committed {
    const committed = this.#commits.get(numberIn(commit));
    if (committed === undefined) throw new Error(`nobody has committed ${numberIn(commit)}`);
    return committed;
  }

  /** Positions of a history within the bounds, both left out. */
  between(epoch: number, from: number, to: number): number[] {
    const positions = [...this.#commits.values()].filter((one) => one.epoch === epoch).map(({ position }) => position);
    return positions.filter((position) => position > from && position < to);
  }
}

/** Everything heard was committed there, in order, and nothing of a history was left out but by a reset. */
function check(process: FeedProcess, truth: Truth): void {
  const resetsAfter = new Set(process.resets.map(({ after }) => after));
  process.heard.forEach((commit, i) => {
    const { position, epoch } = truth.of(commit);
    expect(commit.position).toBe(position);
    const before = process.heard[i - 1];
    if (before === undefined) return;
    expect(position).toBeGreaterThan(before.position);
    if (resetsAfter.has(i)) return;
    if (epoch !== truth.of(before).epoch) {
      // An answer can come from the new history before the feed tells that there is one.
      expect([commit.own, process.resets.some(({ after }) => after > i)]).toEqual([true, true]);
      return;
    }
    expect(truth.between(epoch, before.position, position)).toEqual([]);
  });
  expect(process.failures).toEqual([]);
}

async function play(faults: readonly Fault[]): Promise<void> {
  const server = await startRedis();
  const proxy = await TcpProxy.start(server.port);
  const processes: FeedProcess[] = [];
  try {
    for (const worker of [1, 2, 3]) {
      const url = worker === 1 ? server.url : proxy.url;
      processes.push(
        await FeedProcess.start(url, { worker, block: 100, batch: 16, linkOptions: { replyTimeout: 400 } }),
      );
    }
    const [near] = processes as [FeedProcess];
    const other = new ForeignWriter(server);
    const truth = new Truth();
    let number = 0;
    const foreign = async (count: number): Promise<void> => {
      const numbers = Array.from({ length: count }, () => ++number);
      const positions = await Promise.all(numbers.map((one) => other.commit(one)));
      positions.forEach((position, i) => truth.add(numbers[i] as number, position));
    };
    await foreign(3);
    for (const fault of faults) {
      switch (fault.kind) {
        case "commits":
          await foreign(fault.count);
          break;
        case "own":
          for (let i = 0; i < fault.count; i++) {
            const own = ++number;
            truth.add(own, await near.commit(own));
          }
          break;
        case "kill":
          for (const line of String(await server.command("CLIENT", "LIST", "TYPE", "normal")).split("\n")) {
            const id = /^id=(\d+) .*cmd=xread/.exec(line)?.[1];
            if (id !== undefined) await server.command("CLIENT", "KILL", "ID", id);
          }
          break;
        case "cut":
          proxy.cut();
          break;
        case "hold":
          proxy.hold();
          break;
        case "resume":
          proxy.resume();
          break;
        case "trim":
          await server.command("XTRIM", STREAM, "MAXLEN", 1);
          break;
        case "empty":
          await server.command("DEL", STREAM);
          break;
        case "lose":
          // What a failover to a server without the newest commits leaves behind.
          await server.command("FLUSHALL");
          truth.epoch++;
          break;
        case "flip":
          await server.command("REPLICAOF", "127.0.0.1", 1);
          await server.command("REPLICAOF", "NO", "ONE");
          break;
      }
    }
    proxy.resume();
    await foreign(5);
    // Those who have heard of more than there is now find that out first.
    const states = async (): Promise<string> => String(await server.command("HMGET", META, "p", "f"));
    const state = ({ sequence }: FeedProcess): string => `${sequence.position},${sequence.floor || ""}`;
    await eventually(async () => {
      const now = await states();
      return processes.every((process) => state(process) === now);
    });
    await foreign(5);
    const now = await states();
    await eventually(async () => Promise.resolve(processes.every((process) => state(process) === now)));
    for (const process of processes) {
      check(process, truth);
      expect(process.numbers.slice(-5)).toEqual([4, 3, 2, 1, 0].map((back) => number - back));
    }
  } finally {
    for (const process of processes) await process.stop();
    await proxy.stop();
    await server.stop();
  }
}

test("Whatever happens to links, stream and history, what is heard is true, in order and without gaps", async () => {
  await fc.assert(fc.asyncProperty(fc.array(anyFault, { minLength: 3, maxLength: 14 }), play), {
    numRuns: 25,
    endOnFailure: true,
  });
}, 240_000);
