/** What a built-in type is, for hover and completion. */
export interface TypeText {
  /** One paragraph of Markdown, with its limits. */
  readonly meaning: string;
  /** How a row keeps it. */
  readonly stored: string;
  /** Bytes of a value; of `string` and `bytes`, of one of its units. */
  readonly bytes: number;
  readonly typescript: string;
  readonly csharp: string;
}

/** By name: every built-in type. */
export const TYPE_TEXTS: Readonly<Record<string, TypeText>> = {
  bool: {
    meaning: "`true` or `false`.",
    stored: "one byte",
    bytes: 1,
    typescript: "boolean",
    csharp: "bool",
  },
  i8: integer("An integer from -128 to 127.", 1, "sbyte"),
  i16: integer("An integer from -32,768 to 32,767.", 2, "short"),
  i32: integer("An integer from -2,147,483,648 to 2,147,483,647.", 4, "int"),
  i64: integer(
    "An integer from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807: ids of users and of rows are of this type. TypeScript has it as `bigint`, written `7n`.",
    8,
    "long",
  ),
  u8: integer("An integer from 0 to 255.", 1, "byte"),
  u16: integer("An integer from 0 to 65,535.", 2, "ushort"),
  u32: integer("An integer from 0 to 4,294,967,295.", 4, "uint"),
  u64: integer(
    "An integer from 0 to 18,446,744,073,709,551,615. TypeScript has it as `bigint`, written `7n`.",
    8,
    "ulong",
  ),
  f32: {
    meaning:
      "A floating-point number of 32 bits, up to about ±3.4e38, with about 7 decimal digits. NaN is refused in an indexed column and from clients; `-0` equals `0`.",
    stored: "IEEE 754, single precision",
    bytes: 4,
    typescript: "number",
    csharp: "float",
  },
  f64: {
    meaning:
      "A floating-point number of 64 bits, up to about ±1.8e308, with about 15 decimal digits. NaN is refused in an indexed column and from clients; `-0` equals `0`.",
    stored: "IEEE 754, double precision",
    bytes: 8,
    typescript: "number",
    csharp: "double",
  },
  timestamp: {
    meaning:
      "Milliseconds since the start of 1970 in UTC, from -8,640,000,000,000,000 to 8,640,000,000,000,000. The default `now` is the start of the transaction.",
    stored: "8 bytes",
    bytes: 8,
    typescript: "number",
    csharp: "long",
  },
  string: {
    meaning:
      "`string(N)`: text of at most N code points, where N is 1 to 65,535. It is not normalised, and ordered by code points. A longer text is refused, never cut.",
    stored: "UTF-8",
    bytes: 4,
    typescript: "string",
    csharp: "string",
  },
  bytes: {
    meaning: "`bytes(N)`: at most N bytes, where N is 1 to 65,535. It cannot be indexed.",
    stored: "as it is",
    bytes: 1,
    typescript: "Uint8Array",
    csharp: "byte[]",
  },
};

function integer(meaning: string, bytes: number, csharp: string): TypeText {
  const typescript = bytes === 8 ? "bigint" : "number";
  return { meaning, stored: "little-endian integer", bytes, typescript, csharp };
}
