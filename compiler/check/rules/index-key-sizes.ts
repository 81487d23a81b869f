import { indexKeyTooLarge } from "../../diagnostics/codes/components.js";
import type { Rule } from "../context.js";
import { declaredIndexes } from "../indexes.js";
import { INTEGER_BOUNDS, type ResolvedType } from "../types.js";
import { enumBase } from "../values.js";

/** In bytes of the columns alone; the stores' limits leave room for what ends a string and for the row's id. */
const MOST_KEY_BYTES = 1_024;

/** The longest UTF-8 of a code point. A zero byte, which takes two in a key, is a code point of one byte. */
const CODE_POINT_BYTES = 4;

/** The largest key of every index is small enough for every store. */
export const indexKeySizes: Rule = (context) => {
  for (const { declaration, namespace } of context.all("ComponentDeclaration")) {
    for (const { name, fields, span } of declaredIndexes(declaration)) {
      const size = fields.reduce((sum, { type }) => sum + keyBytes(context.type(type, namespace)), 0);
      if (size > MOST_KEY_BYTES) context.report(indexKeyTooLarge, { index: name, size, max: MOST_KEY_BYTES }, span);
    }
  }
};

function keyBytes(type: ResolvedType): number {
  switch (type.kind) {
    case "string":
      return type.max * CODE_POINT_BYTES;
    case "enum":
      return INTEGER_BOUNDS.get(enumBase(type.declaration))?.bytes ?? 0;
    case "scalar":
      if (type.name === "bool") return 1;
      return INTEGER_BOUNDS.get(type.name)?.bytes ?? (type.name === "f32" ? 4 : 8);
    default:
      return 0;
  }
}
