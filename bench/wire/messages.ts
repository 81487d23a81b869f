import { encode } from "@msgpack/msgpack";
import { writeSubscribe } from "../../runtime/wire/hetu2/client-frames.js";
import { wire as bench } from "../generated/server-ts/bench/wire.js";
import { PLACES } from "../runtime/places.js";
import { ITEMS } from "../runtime/systems.js";
import type { Wire } from "./wire.js";

/** What the load calls: a row read and written, or a row of the watched window written. */
export type Kind = "get_update" | "walk";

const [components, callables] = bench.description;
/** Near enough to milliseconds since 1970 to be as long on the wire. */
const SOME_TIME = 1.5e12;

/** A call with arguments drawn at random. */
export function callMessage(wire: Wire, kind: Kind): Uint8Array {
  const args =
    kind === "get_update"
      ? [Math.floor(Math.random() * ITEMS)]
      : [Math.floor(Math.random() * PLACES), Math.random(), SOME_TIME + Math.random()];
  return systemMessage(wire, kind, args);
}

/** Inserts `count` rows of the tables that `system` fills. */
export function fillMessage(wire: Wire, system: string, from: number, count: number): Uint8Array {
  return systemMessage(wire, system, [from, count]);
}

function systemMessage(wire: Wire, system: string, args: readonly number[]): Uint8Array {
  if (wire.protocol === "hetu.1") return encode(["rpc", system, ...args]);
  return encode([1, callables.findIndex(([name]) => name === system), ...args]);
}

/** Subscribes to the window that `walk` writes to. */
export function windowMessage(wire: Wire): Uint8Array {
  if (wire.protocol === "hetu.1") return encode(["sub", "Spot", "range", "x", 0, PLACES, PLACES, false, true]);
  const component = components.findIndex(([name]) => name === "Spot");
  // Index 0 is `id`.
  const index = 1 + (components[component]?.[2].indexOf("x") ?? -1);
  const query = { component, index, left: 0, right: PLACES, limit: PLACES, desc: false };
  return writeSubscribe({ ...query, held: undefined });
}

const RESULT = encode("rsp");

/** Whether this is the answer to a call that succeeded. */
export function isResult(wire: Wire, message: Uint8Array): boolean {
  if (wire.protocol === "hetu.2") return message[1] === 1;
  return RESULT.every((byte, i) => message[1 + i] === byte);
}

const TAG_LENGTH = 16;
/** `[1]` */
const EMPTY_RESULT_LENGTH = 2;

/**
 * How many answers are in a message that was not decoded: hetu.2 puts those that leave together into one. Of the calls
 * with a result, each connection has one under way.
 */
export function answersIn({ protocol, layers }: Wire, kind: Kind, payload: Uint8Array): number {
  if (protocol === "hetu.1" || kind === "get_update") return 1;
  return (payload.length - (layers.includes("crypto") ? TAG_LENGTH : 0)) / EMPTY_RESULT_LENGTH;
}

/** Whether this is the answer to a subscription that was granted. */
export function isSubscribed(wire: Wire, message: Uint8Array): boolean {
  if (wire.protocol === "hetu.2") return message[1] === 4;
  return message.length > PLACES;
}
