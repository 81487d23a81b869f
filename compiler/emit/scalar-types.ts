import type { ScalarName } from "../model/model.js";

/** The TypeScript types of the scalars, for servers and clients alike. */
export const scalarTypes: Readonly<Record<ScalarName, string>> = {
  bool: "boolean",
  i8: "number",
  i16: "number",
  i32: "number",
  i64: "bigint",
  u8: "number",
  u16: "number",
  u32: "number",
  u64: "bigint",
  f32: "number",
  f64: "number",
  timestamp: "number",
};
