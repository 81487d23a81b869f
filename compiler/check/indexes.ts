import type { Span } from "../source/span.js";
import type { ComponentDeclaration, Field } from "../syntax/tree.js";
import { readCompositeIndexes } from "./attributes/read.js";
import { onceEach } from "./once-each.js";
import { fieldsByName } from "./project.js";

/** An index as it is declared, on a field or on the component. */
export interface DeclaredIndex {
  /** Its name on the wire: the columns joined by `,`. */
  readonly name: string;
  /** The columns that exist. */
  readonly fields: readonly Field[];
  readonly unique: boolean;
  /** The attribute that makes it. */
  readonly span: Span;
}

const INDEX_ATTRIBUTES: ReadonlySet<string> = new Set(["index", "unique"]);

/** All indexes of a component: those of fields, in order, then composite ones. */
export const declaredIndexes = onceEach((component: ComponentDeclaration): readonly DeclaredIndex[] => {
  const fields = fieldsByName(component.fields);
  const single = [...fields.values()].flatMap((field) =>
    field.attributes
      .filter(({ name }) => INDEX_ATTRIBUTES.has(name.text))
      .map(({ name, span }) => ({ name: field.name.text, fields: [field], unique: name.text === "unique", span })),
  );
  const composite = readCompositeIndexes(component).map(({ attribute, value, unique }) => ({
    name: value.map(({ text }) => text).join(","),
    fields: value.flatMap(({ text }) => fields.get(text) ?? []),
    unique,
    span: attribute.span,
  }));
  return [...single, ...composite];
});
