import * as hetu2 from "../../runtime/wire/hetu2/frames.js";
import { type ClientFrame, encodeMessage, readClientFrame } from "../../runtime/wire/frames.js";
import { $wire } from "../fixtures/world/generated/client-ts/world/wire.js";

/** What the tests see of a client, whatever it speaks: frames of hetu.1, and what only hetu.2 has. */
export type SeenFrame =
  | Exclude<ClientFrame, { kind: "sub" }>
  | (Extract<ClientFrame, { kind: "sub" }> & { readonly held?: readonly bigint[] | undefined })
  | ({ readonly kind: "read" } & hetu2.Read);

/** How a scripted server speaks with one client. */
export interface ScriptedProtocol {
  /** All frames of a message. */
  read(bytes: Uint8Array): readonly SeenFrame[];
  /** The frame of hetu.1 that the test has written, as the protocol has it. */
  write(frame: readonly unknown[]): Uint8Array;
  /** `updt`, with rows by id. */
  update(subscription: string, rows: ReadonlyMap<bigint, unknown>): Uint8Array;
}

export const hetu1Frames: ScriptedProtocol = {
  read: (bytes) => [readClientFrame(bytes)],
  write: (frame) => encodeMessage(frame),
  update(subscription, rows) {
    // A map of MessagePack with integer keys, which the encoder's objects cannot have.
    const parts = [...rows].map(([id, row]) => Buffer.concat([encodeMessage(id), encodeMessage(row)]));
    const head = [encodeMessage("updt"), encodeMessage(subscription), Buffer.from([0x80 | rows.size])];
    return Buffer.concat([Buffer.from([0x93]), ...head, ...parts]);
  },
};

const [components, callables, errors, events] = $wire.description;

/** Frames of hetu.2 as the tests write and see them: by name, as on hetu.1. */
export class Hetu2Frames implements ScriptedProtocol {
  readonly #numbers: string[] = [];
  /** The position that the next frame tells. */
  position = 100;

  read(bytes: Uint8Array): readonly SeenFrame[] {
    return hetu2.readClientFrames(bytes).map((frame) => this.#seen(frame));
  }

  write([kind, first, second, third]: readonly unknown[]): Uint8Array {
    switch (kind) {
      case "rsp":
        return encodeMessage(first === "ok" ? [1] : [1, first]);
      case "rej":
        return encodeMessage([2, numberOf(errors, second), third ?? null]);
      case "err":
        return encodeMessage([3, second]);
      case "sub":
        if (first === null) return encodeMessage([6, "FORBIDDEN", "the caller may not"]);
        return encodeMessage([4, this.#number(String(first)), this.position++, (second as unknown[]).map(arrayRow)]);
      case "evt":
        return encodeMessage([8, numberOf(events, first), second]);
      default:
        return encodeMessage([99, first, second, third]);
    }
  }

  update(subscription: string, rows: ReadonlyMap<bigint, unknown>): Uint8Array {
    const inserts = [...rows.values()].filter((row) => row !== null).map(arrayRow);
    const deletes = [...rows].filter(([, row]) => row === null).map(([id]) => id);
    return encodeMessage([7, this.position++, this.#number(subscription), [[], inserts, deletes]]);
  }

  #number(subscription: string): number {
    const known = this.#numbers.indexOf(subscription);
    return known >= 0 ? known : this.#numbers.push(subscription) - 1;
  }

  #seen(frame: hetu2.ClientFrame): SeenFrame {
    switch (frame.kind) {
      case "call":
        return { kind: "rpc", name: nameOf(callables, frame.callable), args: frame.args };
      case "once":
        return { kind: "once", id: frame.id, name: nameOf(callables, frame.callable), args: frame.args };
      case "subscribe": {
        const { component, index, left, right, limit, desc, held } = frame;
        const table = nameOf(components, component);
        const indexes = components.find(([name]) => name === table)?.[2] ?? [];
        const named = typeof index === "string" ? index : (["id", ...indexes][index] ?? "no such index");
        const range = { table, index: named, left, right: right ?? left, limit, desc };
        return { kind: "sub", query: { kind: "range", ...range, force: true }, held };
      }
      case "unsubscribe":
        return { kind: "unsub", subscription: this.#numbers[frame.subscription] ?? "no such subscription" };
      case "ping":
        return { kind: "motd" };
      case "clock":
      case "read":
        return frame;
      case "hello":
        throw new Error("the client greets twice");
    }
  }
}

type Named = readonly (readonly [name: string, ...rest: unknown[]])[];

function nameOf(list: Named, reference: hetu2.Reference): string {
  return typeof reference === "string" ? reference : (list[reference]?.[0] ?? "no such number");
}

function numberOf(list: Named, name: unknown): unknown {
  const number = list.findIndex(([known]) => known === name);
  return number < 0 ? name : number;
}

/** A row by column name as an array: of the smallest component that has all its columns. */
function arrayRow(row: unknown): unknown {
  const names = Object.keys(row as object).filter((name) => name !== "id");
  const [columns = []] = components
    .map(([, list]) => list.map(([name]) => name))
    .filter((list) => names.every((name) => list.includes(name)))
    .sort((a, b) => a.length - b.length);
  return ["id", ...columns].map((column) => (row as Readonly<Record<string, unknown>>)[column] ?? null);
}
