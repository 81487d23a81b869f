import { decodeSequence } from "../../../runtime/wire/frames.js";
import { type ArrayRow, type Delta, readDelta, readServerFrames } from "../../../runtime/wire/hetu2/frames.js";
import type { WireRow } from "../../../runtime/wire/server-frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { text } from "./row-text.js";

const [components] = schema.wire.description;

/** The columns of a component on hetu.2, in order; `undefined` when it does not travel there. */
export function columnsOf(table: string): readonly string[] | undefined {
  const name = table.replace(/:.*/, "");
  return components.find(([one]) => one === name)?.[1].map(([column]) => column);
}

/** A view of a subscription as a client of hetu.2 builds it, from bytes alone. */
export class ArrayView {
  readonly number: number;
  readonly rows = new Map<bigint, ArrayRow>();
  readonly #columns: readonly string[];

  /** @param subscribed the frame that answered the subscription. */
  constructor(table: string, subscribed: Uint8Array) {
    const [frame] = readServerFrames(subscribed);
    if (frame?.kind !== "subscribed") throw new Error("not the frame subscribed");
    this.#columns = columnsOf(table) ?? [];
    this.number = frame.subscription;
    for (const row of frame.rows) this.rows.set(idOf(row), row);
  }

  /** @param bytes a number and a delta. @param strict whether every value must be news. */
  update(bytes: Uint8Array, strict: boolean): void {
    if (bytes.length === 0) return;
    const [number, delta] = decodeSequence(bytes);
    if (number !== this.number) throw new Error(`an update of ${String(number)} came to ${this.number}`);
    this.apply(readDelta(delta), strict);
  }

  /** @param bytes the frame caught up. */
  catchUp(bytes: Uint8Array): void {
    const [frame] = readServerFrames(bytes);
    if (frame?.kind !== "caughtUp" || frame.subscription !== this.number) throw new Error("not the frame caught up");
    this.apply(frame.delta, false);
  }

  apply({ updates, inserts, deletes }: Delta, strict: boolean): void {
    if (strict && updates.length + inserts.length + deletes.length === 0) throw new Error("an empty delta");
    for (const { mask, id, values } of updates) {
      const row = [...(this.rows.get(id) ?? fail(`an update of row ${id}, which is not there`))];
      let at = 0;
      for (let bit = 0; bit < 32; bit++) {
        if ((mask & (2 ** bit)) === 0) continue;
        if (strict && same(row[bit + 1], values[at])) throw new Error(`nothing new in column ${bit} of row ${id}`);
        row[bit + 1] = values[at++];
      }
      this.rows.set(id, row);
    }
    for (const row of inserts) {
      const id = idOf(row);
      if (strict && same(this.rows.get(id), row)) throw new Error(`nothing new in row ${id}`);
      this.rows.set(id, row);
    }
    for (const id of deletes) {
      if (!this.rows.delete(id)) throw new Error(`row ${id} is gone, which was not there`);
    }
  }

  /** @throws unless it shows the same as a view of hetu.1. */
  expectSame(view: ReadonlyMap<bigint, WireRow>): void {
    const theirs = [...view.values()].map((row) => this.#arrayOf(row)).sort();
    // hetu.1 has 0 and 1 for booleans.
    const ours = [...this.rows.values()]
      .map((row) => text({ row: row.map((value) => (typeof value === "boolean" ? Number(value) : value)) }))
      .sort();
    if (theirs.join("\n") !== ours.join("\n"))
      throw new Error(`hetu.1 has\n${theirs.join("\n")}\nhetu.2 has\n${ours.join("\n")}`);
  }

  #arrayOf(row: WireRow): string {
    return text({ row: ["id", ...this.#columns].map((column) => row[column] ?? null) });
  }
}

function idOf(row: ArrayRow): bigint {
  return BigInt(row[0] as bigint | number);
}

function same(a: unknown, b: unknown): boolean {
  return text({ a }) === text({ a: b });
}

function fail(message: string): never {
  throw new Error(message);
}
