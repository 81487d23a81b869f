import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type CommitMessage,
  commitMessage,
  readCommitMessage,
  writeCommitMessage,
} from "../../../runtime/transaction/commit-message.js";
import { EffectCollector } from "../../../runtime/transaction/effect-collector.js";

const id = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const recipient = fc.oneof(
  fc.constant({ kind: "everybody" as const }),
  fc.record({ kind: fc.constant("user" as const), user: id }),
  fc.record({ kind: fc.constant("connection" as const), connection: id }),
);

const message: fc.Arbitrary<CommitMessage> = fc.record({
  events: fc.array(fc.record({ to: recipient, event: fc.string(), value: fc.uint8Array() })),
  kick: fc.option(fc.record({ user: id, except: fc.option(id, { nil: undefined }) }), { nil: undefined }),
  moved: fc.array(fc.record({ connection: id, worker: fc.integer({ min: 0, max: 1023 }) })),
  parkedUntil: fc.option(fc.integer({ min: 0, max: 2 ** 52 }), { nil: undefined }),
});

/** Values come as views of the message. */
function plain(value: CommitMessage): CommitMessage {
  return { ...value, events: value.events.map((each) => ({ ...each, value: Uint8Array.from(each.value) })) };
}

test("another process reads of a commit what this one has written", () => {
  fc.assert(
    fc.property(message, (written) => {
      expect(plain(readCommitMessage(writeCommitMessage(written)))).toEqual(plain(written));
    }),
  );
});

test("a commit that sends nothing and kicks nobody has no message", () => {
  const effects = new EffectCollector();
  effects.elevate = { user: 5n, kick: false, group: undefined };
  effects.setSession("guild", 3n);
  expect(commitMessage(effects, 1n)).toBeUndefined();
  effects.elevate = { user: 5n, kick: true, group: undefined };
  expect(readCommitMessage(commitMessage(effects, 1n) ?? new Uint8Array(0)).kick).toEqual({ user: 5n, except: 1n });
});

test("a message of a later version, with more behind what is known, is read as far as it is known", () => {
  const known = writeCommitMessage({ moved: [{ connection: 7n, worker: 3 }] });
  const longer = Uint8Array.of(0x95, ...known.subarray(1), 0xc3);
  expect(readCommitMessage(longer).moved).toEqual([{ connection: 7n, worker: 3 }]);
});
