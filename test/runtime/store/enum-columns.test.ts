import { describe, expect, it } from "vitest";
import type { ColumnSpec } from "../../../runtime/schema/component.js";
import { RowRewriter } from "../../../runtime/store/schema/row-rewriter.js";
import { storedColumn } from "../../../runtime/store/schema/stored-schema.js";

// Neither the name nor the base of the enum is in the namespace's own model: it may come from another namespace.
const mood: ColumnSpec = {
  name: "mood",
  property: "mood",
  type: "Mood",
  visibility: "public",
  default: "darkRed",
  enum: { base: "i16", values: [{ name: "dark_red", property: "darkRed", value: -300 }] },
};

describe("enum columns", () => {
  it("are stored as the enum's base, with values by their names in the schema", () => {
    expect(storedColumn(mood)).toStrictEqual({
      name: "mood",
      type: "Mood",
      storage: "i16",
      values: { dark_red: -300 },
    });
  });

  it("that are added get the integer of their default", () => {
    const version = new Uint8Array(8).fill(7);
    const rewritten = new RowRewriter([], [storedColumn(mood)], [mood], 0).rewrite(version);
    expect([...rewritten]).toStrictEqual([...version, 0xd4, 0xfe]);
  });
});
