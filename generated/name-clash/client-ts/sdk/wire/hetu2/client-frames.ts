import { ONCE_ID_LENGTH } from "../client-frames.js";
import { decodeEach, encodeMessage, joinArray } from "../message-pack.js";
import { WireError } from "../wire-error.js";
import { ClientKind, FINGERPRINT_LENGTH, type Reference, TOKEN_LENGTH } from "./kinds.js";
import { bin, flag, integer, list, natural, reference, rowId } from "./values.js";

/** What is to be gone on with after a lost link. */
export interface Resume {
  /** As the last welcome gave it. */
  readonly token: Uint8Array;
  /** The greatest position that the client has seen. */
  readonly position: number;
}

export interface Hello {
  /** `undefined`: the client asks for the description. */
  readonly fingerprint: Uint8Array | undefined;
  readonly resume: Resume | undefined;
}

/** Which rows, by the rules for bounds of hetu.1. */
export interface Query {
  readonly component: Reference;
  readonly index: Reference;
  readonly left: unknown;
  readonly right: unknown;
  /** Negative: as many as the server allows. */
  readonly limit: number;
  readonly desc: boolean;
}

export interface Subscribe extends Query {
  /** Ids of the rows that the client still shows after a resume; `undefined`: none, it wants all rows. */
  readonly held: readonly bigint[] | undefined;
}

export interface Read extends Query {
  /** `next` of the page before. */
  readonly after: Uint8Array | undefined;
  /** Whether to count the rows of the whole range. */
  readonly count: boolean;
}

/** A frame from client to server. */
export type ClientFrame =
  | ({ readonly kind: "hello" } & Hello)
  | { readonly kind: "call"; readonly callable: Reference; readonly args: readonly unknown[] }
  | { readonly kind: "once"; readonly callable: Reference; readonly id: Uint8Array; readonly args: readonly unknown[] }
  | ({ readonly kind: "subscribe" } & Subscribe)
  | { readonly kind: "unsubscribe"; readonly subscription: number }
  | ({ readonly kind: "read" } & Read)
  | { readonly kind: "clock" }
  | { readonly kind: "ping" };

const CALL = Uint8Array.of(ClientKind.call);
const ONCE = Uint8Array.of(ClientKind.once);

/** The first frame of a connection. */
export function writeHello({ fingerprint, resume }: Hello): Uint8Array {
  // As a bigint it stays an integer: the encoder writes whole numbers beyond 32 bits as floats.
  const resumed = resume === undefined ? null : [resume.token, BigInt(resume.position)];
  return encodeMessage([ClientKind.hello, fingerprint ?? null, resumed]);
}

/**
 * @param args the arguments as MessagePack, one after the other.
 * @param count how many they are.
 */
export function writeCall(callable: Reference, args: Uint8Array, count: number): Uint8Array {
  return joinArray(2 + count, CALL, encodeMessage(callable), args);
}

/** As {@link writeCall}, for a `@once` system. `id` has 24 bytes. */
export function writeOnce(callable: Reference, id: Uint8Array, args: Uint8Array, count: number): Uint8Array {
  return joinArray(3 + count, ONCE, encodeMessage(callable), encodeMessage(id), args);
}

export function writeSubscribe({ component, index, left, right, limit, desc, held }: Subscribe): Uint8Array {
  const frame = [ClientKind.subscribe, component, index, left, right, limit, desc];
  return encodeMessage(held === undefined ? frame : [...frame, held]);
}

export function writeUnsubscribe(subscription: number): Uint8Array {
  return encodeMessage([ClientKind.unsubscribe, subscription]);
}

export function writeRead({ component, index, left, right, limit, desc, after, count }: Read): Uint8Array {
  return encodeMessage([ClientKind.read, component, index, left, right, limit, desc, after ?? null, count]);
}

/** Asks for the server's time; answered in order with the other answers. */
export function writeClockRequest(): Uint8Array {
  return encodeMessage([ClientKind.clock]);
}

/** Answered at once, past everything that waits. */
export function writePing(): Uint8Array {
  return encodeMessage([ClientKind.ping]);
}

/**
 * Reads all frames of a client's message. Only the shape is checked: names, numbers, bounds and arguments are the
 * caller's business.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export function readClientFrames(bytes: Uint8Array): ClientFrame[] {
  return [...eachClientFrame(bytes)];
}

/**
 * As {@link readClientFrames}, one at a time: a short message may hold very many, and whoever ends the connection at
 * one of them need not read the rest.
 */
export function* eachClientFrame(bytes: Uint8Array): Generator<ClientFrame, void> {
  for (const value of decodeEach(bytes)) yield readFrame(value);
}

function readFrame(value: unknown): ClientFrame {
  const [kind, ...rest] = list(value, "a frame");
  switch (kind) {
    case ClientKind.hello:
      return { kind: "hello", ...readHello(rest) };
    case ClientKind.call: {
      const [callable, ...args] = rest;
      return { kind: "call", callable: reference(callable, "the callable of a call"), args };
    }
    case ClientKind.once: {
      const [callable, id, ...args] = rest;
      return {
        kind: "once",
        callable: reference(callable, "the callable of a call"),
        id: bin(id, ONCE_ID_LENGTH, "the id of a @once call"),
        args,
      };
    }
    case ClientKind.subscribe: {
      const held = rest[6] ?? undefined;
      return {
        kind: "subscribe",
        ...readQuery(rest),
        held: held === undefined ? undefined : list(held, "held").map((id) => rowId(id, "an id of held")),
      };
    }
    case ClientKind.unsubscribe:
      return { kind: "unsubscribe", subscription: natural(rest[0], "the number of a subscription") };
    case ClientKind.read:
      return { kind: "read", ...readQuery(rest), after: readCursor(rest[6]), count: flag(rest[7] ?? false, "count") };
    case ClientKind.clock:
      return { kind: "clock" };
    case ClientKind.ping:
      return { kind: "ping" };
    default:
      throw new WireError(`unknown kind of frame: ${typeof kind === "number" ? kind : typeof kind}`);
  }
}

function readHello([fingerprint, resume]: readonly unknown[]): Hello {
  const known = fingerprint ?? undefined;
  return {
    fingerprint: known === undefined ? undefined : bin(known, FINGERPRINT_LENGTH, "the fingerprint of a hello"),
    resume: (resume ?? undefined) === undefined ? undefined : readResume(list(resume, "the resume of a hello")),
  };
}

function readResume([token, position]: readonly unknown[]): Resume {
  return {
    token: bin(token, TOKEN_LENGTH, "the token of a hello"),
    position: natural(position, "the position of a hello"),
  };
}

function readQuery([component, index, left, right, limit, desc]: readonly unknown[]): Query {
  return {
    component: reference(component, "the component of a query"),
    index: reference(index, "the index of a query"),
    left: left ?? null,
    right: right ?? null,
    limit: integer(limit, "the limit of a query"),
    desc: flag(desc, "desc"),
  };
}

function readCursor(value: unknown): Uint8Array | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return value;
  throw new WireError("after is not binary");
}
