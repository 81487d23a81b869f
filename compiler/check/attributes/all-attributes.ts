import type { Attribute, Declaration } from "../../syntax/tree.js";
import type { CheckContext } from "../context.js";
import { fieldsOf, placeOf } from "../kinds.js";
import { placeOfDeclaration, type Place } from "./places.js";

/** The attributes that stand on one thing. */
export interface AttributeList {
  readonly attributes: readonly Attribute[];
  readonly place: Place;
  /** What they stand on, or in. */
  readonly declaration: Declaration;
}

/** All attributes of declarations, fields, parameters and enum values, where there are any. */
export function* allAttributes(context: CheckContext): Generator<AttributeList> {
  for (const { declaration } of context.declarations) {
    if (declaration.attributes.length > 0) {
      yield { attributes: declaration.attributes, place: placeOfDeclaration(declaration), declaration };
    }
    const members = declaration.kind === "EnumDeclaration" ? declaration.values : fieldsOf(declaration);
    const place = declaration.kind === "EnumDeclaration" ? "enum value" : placeOf(declaration);
    for (const { attributes } of members) if (attributes.length > 0) yield { attributes, place, declaration };
  }
}
