import fc from "fast-check";
import { expect, test } from "vitest";
import type { Commit, RowChange } from "../../../../runtime/store/contract.js";
import { CommitSequence } from "../../../../runtime/store/redis/feed/commit-sequence.js";
import { EntryEncoder, type FeedWriter } from "../../../../runtime/store/redis/feed/entry.js";
import { NO_NONCE } from "../../../../runtime/store/redis/feed/nonce.js";
import { FeedHistory } from "./feed-history.js";
import { feedTables, tableNamed } from "./feed-rows.js";

const ME: FeedWriter = { worker: 3, token: Buffer.from("mine") };
const OTHER: FeedWriter = { worker: 3, token: Buffer.from("other") };
const ACCOUNT = tableNamed("Account");

function inserted(id: number): RowChange {
  const after = ACCOUNT.codec.create(BigInt(id), { number: id }, 0, false);
  return { table: ACCOUNT, id: after.id, before: undefined, after };
}

function newSequence(failures: Error[] = []): CommitSequence {
  const onFailure = (error: Error): void => void failures.push(error);
  const sequence = new CommitSequence({ worker: ME.worker, tables: feedTables(), onFailure });
  sequence.addToken(ME.token);
  sequence.start({ position: 0, floor: 0, nonce: NO_NONCE });
  return sequence;
}

function newHistory(): FeedHistory {
  return new FeedHistory(new EntryEncoder(feedTables()));
}

/** A commit of the history that the properties play: at its position, made here or elsewhere. */
interface Played {
  readonly position: number;
  readonly own: boolean;
  readonly number: number;
  readonly changes: readonly RowChange[];
  readonly message: Uint8Array | undefined;
  readonly value: Buffer;
}

function play(shape: readonly { own: boolean; gap: boolean }[]): Played[] {
  const history = newHistory();
  let position = 0;
  let number = 0;
  return shape.map(({ own, gap }) => {
    position += gap ? 2 ** 32 : 1;
    const changes = [inserted(position % 1000)];
    const message = position % 3 === 0 ? Uint8Array.of(position % 256) : undefined;
    const commit = { position, own, number: own ? ++number : 1, changes, message };
    return { ...commit, value: history.append(own ? ME : OTHER, commit.number, changes, message) };
  });
}

const anyShape = fc.array(fc.record({ own: fc.boolean(), gap: fc.boolean() }), { minLength: 1, maxLength: 14 });

test("Every commit is delivered once and in order, however its answer and its entry come", () => {
  fc.assert(
    fc.property(anyShape, fc.array(fc.nat(2), { maxLength: 60 }), fc.boolean(), (shape, choices, gaps) => {
      const history = play(gaps ? shape : shape.map(({ own }) => ({ own, gap: false })));
      const own = history.filter((commit) => commit.own);
      const sequence = newSequence();
      const heard: Commit[] = [];
      sequence.onCommit((commit) => heard.push(commit));
      let [sent, answered, read] = [0, 0, 0];
      const steps = [
        () => {
          const next = own[sent];
          if (next === undefined) return;
          sent++;
          sequence.sent(next.number, next.changes, next.message);
        },
        () => {
          const next = own[answered];
          if (next === undefined || answered === sent) return;
          answered++;
          sequence.answered(next.number, next.position);
          expect(next.changes[0]?.after?.$version).toBe(next.position);
        },
        () => {
          const next = history[read];
          if (next === undefined || (next.own && next.number > sent)) return;
          read++;
          expect(sequence.accept(next.position, next.value)).toBe(true);
        },
      ];
      // Whatever is left after the chosen steps comes in turns.
      const rest = Array.from({ length: 3 * history.length * 3 }, (_, i) => i % 3);
      for (const choice of [...choices, ...rest]) {
        steps[choice]?.();
        expect(heard.map(({ position }) => position)).toEqual(
          history.slice(0, heard.length).map(({ position }) => position),
        );
        expect(heard.length).toBeGreaterThanOrEqual(read);
        expect(sequence.position).toBe(history[heard.length - 1]?.position ?? 0);
        const next = history[heard.length];
        const couldBeNext = next?.own === true && next.position === sequence.position + 1;
        expect(couldBeNext && next.number <= answered).toBe(false);
      }
      expect(heard).toHaveLength(history.length);
      heard.forEach((commit, i) => {
        const played = history[i] as Played;
        expect(commit.own).toBe(played.own);
        expect(commit.message).toEqual(played.message);
        // The rows of own commits are the objects that were handed in: they have not been decoded.
        expect(commit.changes === played.changes).toBe(played.own);
        expect(commit.changes[0]?.after?.toObject()).toEqual(played.changes[0]?.after?.toObject());
        expect(commit.changes[0]?.after?.$version).toBe(played.position);
      });
    }),
    { numRuns: 500 },
  );
});

test("A wait for a position ends when listeners have heard of it, and not before", async () => {
  await fc.assert(
    fc.asyncProperty(anyShape, async (shape) => {
      const history = play(shape);
      const sequence = newSequence();
      const reached = new Set<number>();
      for (const { position } of history) {
        void sequence.whenDelivered(position)?.then(() => reached.add(position));
      }
      for (const { position, value } of history) {
        expect(sequence.whenDelivered(position)).toBeInstanceOf(Promise);
        sequence.accept(position, value);
        expect(sequence.whenDelivered(position)).toBeUndefined();
        await Promise.resolve();
        expect([...reached]).toEqual(history.map((commit) => commit.position).filter((one) => one <= position));
      }
    }),
    { numRuns: 50 },
  );
});

test("Those who wait are told the reason when nothing comes any more", async () => {
  const sequence = newSequence();
  const waiting = sequence.whenDelivered(1);
  sequence.end(new Error("closed"));
  await expect(waiting).rejects.toThrow("closed");
  await expect(sequence.whenDelivered(2)).rejects.toThrow("closed");
});

test("What the feed brings before the answer is known by the number of the commit", () => {
  const sequence = newSequence();
  const history = newHistory();
  sequence.sent(1, [inserted(1)], undefined);
  sequence.sent(2, [inserted(2)], undefined);
  expect(sequence.outcome(2)).toBeUndefined();
  sequence.accept(1, history.append(OTHER, 2, [inserted(9)]));
  sequence.accept(2, history.append(ME, 2, [inserted(2)]));
  expect(sequence.outcome(1)).toBeUndefined();
  expect(sequence.outcome(2)).toBe(2);
});

test("A commit that was refused leaves nothing behind", () => {
  const sequence = newSequence();
  const heard: Commit[] = [];
  sequence.onCommit((commit) => heard.push(commit));
  sequence.sent(1, [inserted(1)], undefined);
  sequence.refused(1);
  sequence.answered(1, 1);
  expect(heard).toEqual([]);
  expect(sequence.position).toBe(0);
});

test("Entries of an earlier registration of this process are own ones, too", () => {
  const sequence = newSequence();
  const heard: Commit[] = [];
  sequence.onCommit((commit) => heard.push(commit));
  const changes = [inserted(1)];
  sequence.sent(1, changes, undefined);
  const later: FeedWriter = { worker: ME.worker, token: Buffer.from("later") };
  sequence.addToken(later.token);
  const history = newHistory();
  expect(sequence.accept(1, history.append(ME, 1, changes))).toBe(true);
  expect(sequence.accept(2, history.append(later, 7, changes))).toBe(true);
  expect(heard.map(({ own }) => own)).toEqual([true, true]);
  expect(heard[0]?.changes).toBe(changes);
});

test("Tokens whose last entries the feed has brought are forgotten", () => {
  const sequence = newSequence();
  const history = newHistory();
  for (let number = 1; number <= 50; number++) {
    const writer: FeedWriter = { worker: ME.worker, token: Buffer.from(`token ${number}`) };
    sequence.addToken(writer.token, number - 1);
    expect(sequence.accept(number, history.append(writer, number, [inserted(number)]))).toBe(true);
  }
  expect(sequence.tokens).toBeLessThanOrEqual(2);
  sequence.addToken(Buffer.from("later"), 60);
  expect(sequence.tokens).toBeLessThanOrEqual(3);
});

test("An entry that does not follow the last one is not delivered", () => {
  const sequence = newSequence();
  const heard: number[] = [];
  sequence.onCommit(({ position }) => heard.push(position));
  const history = newHistory();
  expect(sequence.accept(1, history.append(OTHER, 1, []))).toBe(true);
  const other = history.fork();
  history.append(OTHER, 2, []);
  expect(sequence.accept(3, history.append(OTHER, 3, []))).toBe(false);
  expect(sequence.accept(2, other.append(OTHER, 2, []))).toBe(true);
  expect(heard).toEqual([1, 2]);
});

test("A commit that was delivered on its answer and has another one in its place is noticed", () => {
  for (const writer of [OTHER, ME]) {
    const sequence = newSequence();
    sequence.sent(1, [inserted(1)], undefined);
    sequence.answered(1, 1);
    expect(sequence.position).toBe(1);
    expect(sequence.accept(1, newHistory().append(writer, writer === ME ? 2 : 1, []))).toBe(false);
  }
});

test("A commit that was delivered on its answer and is missing in the feed is noticed", () => {
  const sequence = newSequence();
  sequence.sent(1, [inserted(1)], undefined);
  sequence.answered(1, 1);
  expect(sequence.accept(2 ** 32, newHistory().append(OTHER, 1, []))).toBe(false);
  expect(sequence.isAt({ position: 2 ** 32, floor: 2 ** 32, nonce: NO_NONCE })).toBe(false);
});

test("A reset goes on behind its position, keeps what comes later, and ends the waits before it", async () => {
  const sequence = newSequence();
  const heard: number[] = [];
  const resets: number[] = [];
  sequence.onCommit(({ position }) => heard.push(position));
  sequence.onReset((position) => resets.push(position));
  sequence.sent(1, [inserted(1)], undefined);
  sequence.sent(2, [inserted(2)], undefined);
  sequence.answered(1, 7);
  sequence.answered(2, 11);
  expect(sequence.highest).toBe(11);
  const seven = sequence.whenDelivered(7);
  const history = newHistory();
  history.append(OTHER, 1, []);
  sequence.reset({ position: 9, floor: 4, nonce: history.nonce });
  await seven;
  expect([resets, sequence.floor, sequence.resets]).toEqual([[9], 4, 1]);
  expect(sequence.accept(10, history.append(OTHER, 2, []))).toBe(true);
  expect(heard).toEqual([10, 11]);
  expect(sequence.whenDelivered(11)).toBeUndefined();
  expect(sequence.accept(11, history.append(ME, 2, []))).toBe(true);
  expect(heard).toEqual([10, 11]);
});

test("Positions that nobody got are passed without a reset when nothing was missed", async () => {
  const sequence = newSequence();
  const history = newHistory();
  const passed: number[] = [];
  sequence.accept(1, history.append(OTHER, 1, []));
  sequence.onPassed((position) => passed.push(position));
  const waiting = sequence.whenDelivered(500);
  expect(sequence.isAt({ position: 1000, floor: 1000, nonce: history.nonce })).toBe(true);
  await waiting;
  expect([sequence.position, sequence.floor, sequence.resets]).toEqual([1000, 1000, 0]);
  expect(passed).toEqual([1000]);
  expect(sequence.accept(1001, history.append(OTHER, 2, []))).toBe(true);
});

test("A listener that throws is a failure of the store", () => {
  const failures: Error[] = [];
  const sequence = newSequence(failures);
  sequence.onCommit(() => {
    throw new Error("lost track");
  });
  const history = newHistory();
  expect(sequence.accept(1, history.append(OTHER, 1, []))).toBe(true);
  expect(sequence.position).toBe(1);
  expect(failures.map((error) => (error.cause as Error).message)).toEqual(["lost track"]);
});
