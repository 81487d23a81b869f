import { decodeMessage, encodeMessage, joinArray } from "./message-pack.js";
import { WireError } from "./wire-error.js";

/** Length of the id of a `once` frame: 8 bytes big-endian server time in milliseconds, 16 random bytes. */
export const ONCE_ID_LENGTH = 24;

/** What a `sub` frame asks for. Bounds as on the wire. */
export type SubscriptionQuery =
  | { readonly kind: "get"; readonly table: string; readonly index: string; readonly value: unknown }
  | {
      readonly kind: "range";
      readonly table: string;
      readonly index: string;
      readonly left: unknown;
      readonly right: unknown;
      readonly limit: number;
      readonly desc: boolean;
      readonly force: boolean;
    };

/** A frame from client to server, of hetu.1 or one of our additions to it. */
export type ClientFrame =
  | { readonly kind: "rpc"; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: "once"; readonly id: Uint8Array; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: "sub"; readonly query: SubscriptionQuery }
  | { readonly kind: "unsub"; readonly subscription: string }
  | { readonly kind: "motd" }
  | { readonly kind: "clock" };

const RPC = encodeMessage("rpc");
const ONCE = encodeMessage("once");

/**
 * @param args the arguments as MessagePack, one after the other.
 * @param count how many they are.
 */
export function writeCall(name: string, args: Uint8Array, count: number): Uint8Array {
  return joinArray(2 + count, RPC, encodeMessage(name), args);
}

/** As {@link writeCall}, for a `@once` system. `id` has {@link ONCE_ID_LENGTH} bytes. */
export function writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array {
  return joinArray(3 + count, ONCE, encodeMessage(id), encodeMessage(name), args);
}

export function writeSubscribe(query: SubscriptionQuery): Uint8Array {
  return encodeMessage(
    query.kind === "get"
      ? ["sub", query.table, "get", query.index, query.value]
      : ["sub", query.table, "range", query.index, query.left, query.right, query.limit, query.desc, query.force],
  );
}

export function writeUnsubscribe(subscription: string): Uint8Array {
  return encodeMessage(["unsub", subscription]);
}

/** Asks for the server's time; answered in order with the other answers. */
export function writeClockRequest(): Uint8Array {
  return encodeMessage(["clock"]);
}

/**
 * Reads one frame of a client. Only the shape is checked: names, bounds and arguments are the caller's business.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export function readClientFrame(bytes: Uint8Array): ClientFrame {
  const frame = decodeMessage(bytes);
  if (!Array.isArray(frame)) throw new WireError("a frame is not an array");
  const [kind, ...rest] = frame as readonly unknown[];
  switch (kind) {
    case "rpc": {
      const [name, ...args] = rest;
      return { kind, name: text(name, "the system of an rpc frame"), args };
    }
    case "once": {
      const [id, name, ...args] = rest;
      if (!(id instanceof Uint8Array) || id.length !== ONCE_ID_LENGTH) {
        throw new WireError(`the id of a once frame is not ${ONCE_ID_LENGTH} bytes`);
      }
      return { kind, id, name: text(name, "the system of a once frame"), args };
    }
    case "sub":
      return { kind, query: readQuery(rest) };
    case "unsub":
      return { kind, subscription: text(rest[0], "the id of an unsub frame") };
    case "motd":
    case "clock":
      return { kind };
    default:
      throw new WireError(
        `unknown frame ${typeof kind === "string" ? JSON.stringify(kind.slice(0, 32)) : typeof kind}`,
      );
  }
}

function readQuery([table, kind, index, ...bounds]: readonly unknown[]): SubscriptionQuery {
  const target = { table: text(table, "the component of a sub frame"), index: text(index, "the index of a sub frame") };
  if (kind === "get") return { kind, ...target, value: bounds[0] };
  if (kind !== "range") throw new WireError("a sub frame asks neither for get nor for range");
  const [left, right, limit, desc, force] = bounds;
  return {
    kind,
    ...target,
    left,
    right,
    limit: integer(limit ?? 10),
    desc: flag(desc ?? false),
    force: flag(force ?? true),
  };
}

function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new WireError(`${what} is not a string`);
}

function integer(value: unknown): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number)) return number;
  throw new WireError("the limit of a sub frame is not an integer");
}

/** hetu.1 has booleans as 0 and 1, and as themselves. */
function flag(value: unknown): boolean {
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw new WireError("a flag of a sub frame is not a boolean");
}
