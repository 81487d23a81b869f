import { ByteWriter } from "../../runtime/codegen/byte-writer.js";
import type { Schema } from "../../runtime/schema/schema.js";
import { schema } from "../generated/server-ts/bench/index.js";

/** The component whose rows are upgraded: `number: i32 @unique` and `balance: i64`, which was `i32` before. */
export const TABLE = "Account";
/** The schema that the data is brought to. */
export const AFTER: Schema = schema;

/** The schema that the data is of: the same with a narrower balance. Its code is good for no row. */
export const BEFORE: Schema = {
  ...schema,
  fingerprint: "before",
  components: schema.components.map((codec) =>
    codec.name === TABLE
      ? {
          ...codec,
          columns: codec.columns.map((column) =>
            column.name === "balance" ? { ...column, type: "i32", default: 0 } : column,
          ),
        }
      : codec,
  ),
};

const writer = new ByteWriter();

/** A row of {@link BEFORE}: version, number, balance. */
export function packed(number: number): Uint8Array {
  writer.reset();
  writer.f64(1);
  writer.i32(number);
  writer.i32(number % 1000);
  return writer.finish();
}
