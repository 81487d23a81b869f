import { ByteWriter } from "../../codegen/byte-writer.js";
import type { ColumnSpec } from "../../schema/component.js";
import { packedOrder, type StoredColumn, widthOf } from "./stored-schema.js";

/** Every packed row starts with its version. */
const VERSION_BYTES = 8;

/** Turns rows of one set of columns into rows of another, column by column, without decoding what stays. */
export class RowRewriter {
  readonly #from: readonly StoredColumn[];
  /** For each new column in packed order: the place of the old one, or the bytes of its default. */
  readonly #plan: readonly (number | Uint8Array)[];
  readonly #writer = new ByteWriter();

  /** @param now What a `timestamp` column with the default `now` gets. */
  constructor(from: readonly StoredColumn[], to: readonly StoredColumn[], specs: readonly ColumnSpec[], now: number) {
    this.#from = packedOrder(from);
    this.#plan = packedOrder(to).map((column) => {
      const place = this.#from.findIndex(({ name }) => name === column.name);
      if (place >= 0) return place;
      const spec = specs.find(({ name }) => name === column.name);
      return defaultBytes(column, spec, now);
    });
  }

  /** @returns a fresh array. */
  rewrite(row: Uint8Array): Uint8Array {
    const slices: Uint8Array[] = [];
    let at = VERSION_BYTES;
    for (const column of this.#from) {
      const end = at + (widthOf(column.storage) ?? lengthAt(row, at));
      slices.push(row.subarray(at, end));
      at = end;
    }
    const writer = this.#writer.reset();
    writer.raw(row.subarray(0, VERSION_BYTES));
    for (const step of this.#plan) writer.raw(typeof step === "number" ? (slices[step] as Uint8Array) : step);
    return writer.finish();
  }
}

function defaultBytes(column: StoredColumn, spec: ColumnSpec | undefined, now: number): Uint8Array {
  const value = spec?.enum?.values.find(({ property }) => property === spec.default)?.value ?? spec?.default;
  const writer = new ByteWriter();
  switch (column.storage) {
    case "bool":
      writer.bool(value === true);
      break;
    case "i64":
    case "u64":
      writer[column.storage](BigInt(value as bigint));
      break;
    case "string":
      writer.string(value as string);
      break;
    case "bytes":
      writer.blob(value as Uint8Array);
      break;
    case "timestamp":
      writer.timestamp(value === "now" ? now : (value as number));
      break;
    default:
      writer[column.storage](value as number);
  }
  return writer.finish();
}

/** Bytes of a text or a blob at `at` with its length in LEB128. */
function lengthAt(bytes: Uint8Array, at: number): number {
  let length = 0;
  for (let i = 0; ; i++) {
    const byte = bytes[at + i] as number;
    length |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return length + i + 1;
  }
}
