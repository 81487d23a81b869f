import { decodeSequence, encodeMessage, joinArray } from "../message-pack.js";
import { MessagePackWriter } from "../message-pack-writer.js";
import { WireError } from "../wire-error.js";
import { type ArrayRow, type Delta, readDelta, readRows } from "./delta.js";
import { readDescription, type WireDescription } from "./description.js";
import { type Reference, ServerKind, TOKEN_LENGTH } from "./kinds.js";
import { bin, flag, list, natural, reference, text } from "./values.js";

export interface Welcome {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** `undefined`: the client's fingerprint is the server's. */
  readonly description: WireDescription | undefined;
  /** To resume with, once; `undefined`: this connection cannot be resumed. */
  readonly token: Uint8Array | undefined;
  /** How long the server keeps the session after the link has dropped, in milliseconds. */
  readonly resumeWindow: number;
  /** Whether the session of the hello's token goes on. */
  readonly resumed: boolean;
}

/** A frame from server to client. */
export type ServerFrame =
  | ({ readonly kind: "welcome" } & Welcome)
  /** `value` is `undefined` for a system without a result, `null` for an optional result that is absent. */
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "rejection"; readonly code: Reference; readonly fields: unknown }
  | { readonly kind: "failure"; readonly reason: string }
  | {
      readonly kind: "subscribed";
      readonly subscription: number;
      readonly position: number;
      readonly rows: readonly ArrayRow[];
    }
  | { readonly kind: "caughtUp"; readonly subscription: number; readonly position: number; readonly delta: Delta }
  | { readonly kind: "refused"; readonly code: string; readonly reason: string }
  | { readonly kind: "update"; readonly position: number; readonly changes: readonly SubscriptionChange[] }
  | { readonly kind: "event"; readonly event: Reference; readonly value: unknown }
  | {
      readonly kind: "page";
      readonly rows: readonly ArrayRow[];
      readonly count: number | undefined;
      readonly next: Uint8Array | undefined;
    }
  | { readonly kind: "clock"; readonly time: number }
  | { readonly kind: "pong" }
  /** Something that a newer server pushes; to be ignored. */
  | { readonly kind: "other" };

/** What an update says of one subscription. */
export interface SubscriptionChange {
  readonly subscription: number;
  readonly delta: Delta;
}

const EMPTY_RESULT = Uint8Array.of(0x91, ServerKind.result);
const RESULT = Uint8Array.of(ServerKind.result);
const REJECTION = Uint8Array.of(ServerKind.rejection);
const EVENT = Uint8Array.of(ServerKind.event);

const writer = new MessagePackWriter(1024);

export function writeWelcome({ time, description, token, resumeWindow, resumed }: Welcome): Uint8Array {
  // As a bigint it stays an integer: the encoder writes whole numbers beyond 32 bits as floats.
  return encodeMessage([ServerKind.welcome, BigInt(time), description ?? null, token ?? null, resumeWindow, resumed]);
}

/** @param result the result as one MessagePack value; `undefined` for a system without one. */
export function writeResult(result: Uint8Array | undefined): Uint8Array {
  return result === undefined ? EMPTY_RESULT : joinArray(2, RESULT, result);
}

/** @param fields the error's fields as one MessagePack value. */
export function writeRejection(code: Reference, fields?: Uint8Array): Uint8Array {
  const encoded = encodeMessage(code);
  return fields === undefined ? joinArray(2, REJECTION, encoded) : joinArray(3, REJECTION, encoded, fields);
}

export function writeFailure(reason: string): Uint8Array {
  return encodeMessage([ServerKind.failure, reason]);
}

/** @param rows an array of rows as one MessagePack value. */
export function writeSubscribed(subscription: number, position: number, rows: Uint8Array): Uint8Array {
  return writeAnswer(ServerKind.subscribed, subscription, position, rows);
}

/** @param delta as one MessagePack value. */
export function writeCaughtUp(subscription: number, position: number, delta: Uint8Array): Uint8Array {
  return writeAnswer(ServerKind.caughtUp, subscription, position, delta);
}

export function writeRefused(code: string, reason: string): Uint8Array {
  return encodeMessage([ServerKind.refused, code, reason]);
}

/** @param changes a subscription's number and a delta each, as two MessagePack values. */
export function writeUpdate(position: number, changes: readonly Uint8Array[]): Uint8Array {
  writer.reset();
  writer.arrayHeader(2 + changes.length * 2);
  writer.int(ServerKind.update);
  writer.int(position);
  for (const change of changes) writer.raw(change);
  return writer.finish();
}

/** @param value the event's fields as one MessagePack value. */
export function writeEvent(event: Reference, value: Uint8Array): Uint8Array {
  return joinArray(3, EVENT, encodeMessage(event), value);
}

/** @param rows an array of rows as one MessagePack value. */
export function writePage(rows: Uint8Array, count: number | undefined, next: Uint8Array | undefined): Uint8Array {
  writer.reset();
  writer.arrayHeader(4);
  writer.int(ServerKind.page);
  writer.raw(rows);
  if (count === undefined) writer.nil();
  else writer.int(count);
  if (next === undefined) writer.nil();
  else writer.bin(next);
  return writer.finish();
}

/** @param time milliseconds since 1970 UTC. */
export function writeClock(time: number): Uint8Array {
  return encodeMessage([ServerKind.clock, BigInt(time)]);
}

export function writePong(): Uint8Array {
  return encodeMessage([ServerKind.pong]);
}

/**
 * Reads all frames of a server's message.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export function readServerFrames(bytes: Uint8Array): ServerFrame[] {
  return decodeSequence(bytes).map(readFrame);
}

function readFrame(value: unknown): ServerFrame {
  const frame = list(value, "a frame");
  const [kind, first, second, third] = frame;
  switch (kind) {
    case ServerKind.welcome:
      return { kind: "welcome", ...readWelcome(frame) };
    case ServerKind.result:
      return { kind: "result", value: first };
    case ServerKind.rejection:
      return { kind: "rejection", code: reference(first, "the code of a rejection"), fields: second };
    case ServerKind.failure:
      return { kind: "failure", reason: text(first, "the reason of a failure") };
    case ServerKind.subscribed:
      return {
        kind: "subscribed",
        subscription: natural(first, "the number of a subscription"),
        position: natural(second, "a position"),
        rows: readRows(third),
      };
    case ServerKind.caughtUp:
      return {
        kind: "caughtUp",
        subscription: natural(first, "the number of a subscription"),
        position: natural(second, "a position"),
        delta: readDelta(third),
      };
    case ServerKind.refused:
      return { kind: "refused", code: text(first, "the code of a refusal"), reason: text(second, "its reason") };
    case ServerKind.update:
      return { kind: "update", position: natural(first, "a position"), changes: readChanges(frame) };
    case ServerKind.event:
      return { kind: "event", event: reference(first, "the event"), value: second };
    case ServerKind.page:
      return {
        kind: "page",
        rows: readRows(first),
        count: (second ?? undefined) === undefined ? undefined : natural(second, "the count of a page"),
        next: readCursor(third),
      };
    case ServerKind.clock:
      return { kind: "clock", time: natural(first, "the time") };
    case ServerKind.pong:
      return { kind: "pong" };
    default:
      return { kind: "other" };
  }
}

function writeAnswer(kind: number, subscription: number, position: number, value: Uint8Array): Uint8Array {
  writer.reset();
  writer.arrayHeader(4);
  writer.int(kind);
  writer.int(subscription);
  writer.int(position);
  writer.raw(value);
  return writer.finish();
}

function readWelcome([, time, description, token, window, resumed]: readonly unknown[]): Welcome {
  return {
    time: natural(time, "the time of a welcome"),
    description: (description ?? undefined) === undefined ? undefined : readDescription(description),
    token: (token ?? undefined) === undefined ? undefined : bin(token, TOKEN_LENGTH, "the token of a welcome"),
    resumeWindow: natural(window, "the resume window of a welcome"),
    resumed: flag(resumed, "whether the session was resumed"),
  };
}

function readChanges(frame: readonly unknown[]): SubscriptionChange[] {
  if (frame.length % 2 !== 0) throw new WireError("an update has a subscription without a delta");
  const changes: SubscriptionChange[] = [];
  for (let at = 2; at < frame.length; at += 2) {
    changes.push({
      subscription: natural(frame[at], "the number of a subscription"),
      delta: readDelta(frame[at + 1]),
    });
  }
  return changes;
}

function readCursor(value: unknown): Uint8Array | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return value;
  throw new WireError("the cursor of a page is not binary");
}
