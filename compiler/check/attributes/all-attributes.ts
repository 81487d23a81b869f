import type { Attribute, Declaration } from "../../syntax/tree.js";
import type { CheckContext } from "../context.js";
import { fieldsOf, placeOf } from "../kinds.js";
import { onceEach } from "../once-each.js";
import { placeOfDeclaration, type Place } from "./places.js";

/** The attributes that stand on one thing. */
export interface AttributeList {
  readonly attributes: readonly Attribute[];
  readonly place: Place;
  /** What they stand on, or in. */
  readonly declaration: Declaration;
}

/** All attributes of declarations, fields, parameters and enum values, where there are any. */
export const allAttributes = onceEach((context: CheckContext): readonly AttributeList[] =>
  context.declarations.flatMap(({ declaration }) => attributesOf(declaration)),
);

const attributesOf = onceEach((declaration: Declaration): readonly AttributeList[] => {
  const isEnum = declaration.kind === "EnumDeclaration";
  const members = isEnum ? declaration.values : fieldsOf(declaration);
  const place = isEnum ? "enum value" : placeOf(declaration);
  return [
    { attributes: declaration.attributes, place: placeOfDeclaration(declaration), declaration },
    ...members.map(({ attributes }): AttributeList => ({ attributes, place, declaration })),
  ].filter(({ attributes }) => attributes.length > 0);
});
