import { beforeAll, expect, it } from "vitest";
import type { ColumnTypeChange } from "../../compiler/diff/column-types.js";
import { columnTypeChange } from "../../compiler/diff/column-types.js";
import { Side } from "../../compiler/diff/side.js";
import type { Model } from "../../compiler/model/model.js";
import { type Conversion, conversionOf } from "../../runtime/store/migration/conversion.js";
import { storedColumn, type StoredColumn } from "../../runtime/store/schema/stored-schema.js";
import { modelOf, serverModules } from "./built-schemas.js";

const ENUMS = [
  "Team: u8 { red, blue = 200 }",
  "Same: u8 { red, blue = 200 }",
  "More: u8 { red, blue = 200, green }",
  "Less: u8 { red }",
  "Other: u8 { red = 3, blue = 200 }",
  "Base: u16 { red, blue = 200 }",
];
const TYPES = [
  ...["bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "timestamp"],
  ...["string(4)", "string(5)", "string(20)", "string(24)", "bytes(16)", "bytes(20)"],
  ...ENUMS.map((text) => text.split(":", 1)[0] ?? ""),
];

/** What `hetu upgrade` does with the values of a column of each class. */
const CONVERTED: Readonly<Record<ColumnTypeChange, readonly Conversion[]>> = {
  same: ["same"],
  "in place": ["same"],
  larger: ["always"],
  kindred: ["always"],
  "other base": ["always"],
  "other numbers": ["always"],
  shorter: ["checked"],
  smaller: ["checked"],
  "other names": ["checked"],
  other: ["checked", "never"],
};

let model: Model;
let stored: readonly StoredColumn[];

beforeAll(async () => {
  const enums = ENUMS.map((text) => `enum ${text}`).join(" ");
  const columns = TYPES.map((type, at) => `c${at}: ${type}`).join(" ");
  model = modelOf([`namespace types ${enums} component All { ${columns} }`]);
  const { schema } = (await serverModules(model)).get("types");
  stored = schema.components.flatMap((component) => component.columns.map(storedColumn));
});

it("every change of a column's type is of the class that hetu upgrade makes of it, for all pairs of types", () => {
  const side = new Side(model);
  const columns = model.namespaces[0]?.components[0]?.columns ?? [];
  const wrong: string[] = [];
  for (const [i, from] of columns.entries()) {
    for (const [j, to] of columns.entries()) {
      const [before, after] = [stored[i], stored[j]];
      if (before === undefined || after === undefined) throw new Error("a column is not stored");
      const change = columnTypeChange(from.type, to.type, { old: side, now: side });
      const conversion = conversionOf(before, after);
      if (!CONVERTED[change].includes(conversion))
        wrong.push(`${before.type} to ${after.type}: ${change}, ${conversion}`);
    }
  }
  expect(columns).toHaveLength(TYPES.length);
  expect(wrong).toStrictEqual([]);
});
