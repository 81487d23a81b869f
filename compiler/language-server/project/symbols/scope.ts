import type { CheckContext } from "../../../check/context.js";
import { isCallable, NAMELESS, type Namespace } from "../../../check/project.js";
import type { Resolution } from "../../../check/resolve.js";
import type { FieldOwner } from "../../../check/kinds.js";
import { fieldsOf } from "../../../check/kinds.js";
import type { Span } from "../../../source/span.js";
import type { Declaration, EnumDeclaration, Field, Name, NameReference } from "../../../syntax/tree.js";
import type { NamedDeclaration, Occurrence, SchemaSymbol } from "./symbol.js";

/** A file whose names are being collected, and the namespace that they are seen from. */
export class Scope {
  readonly context: CheckContext;
  readonly namespace: Namespace;
  readonly occurrences: Occurrence[] = [];

  constructor(context: CheckContext, namespace: Namespace) {
    this.context = context;
    this.namespace = namespace;
  }

  add(symbol: SchemaSymbol, span: Span, role: Occurrence["role"] = "reference"): void {
    this.occurrences.push({ symbol, span, role });
  }

  /** A name that may have a namespace in front, with what it was found to lead to. */
  addReference({ namespace: prefix, name }: NameReference, found: Resolution<NamedDeclaration>): void {
    if (prefix !== undefined && this.context.namespaces.has(prefix.text)) this.addNamespace(prefix);
    if (found.kind !== "found") return;
    const { declaration, namespace } = found;
    this.add({ kind: "declaration", namespace: namespace.name, declaration }, name.span);
  }

  addNamespace({ text, span }: Name, role: Occurrence["role"] = "reference"): void {
    if (text !== NAMELESS) this.add({ kind: "namespace", name: text }, span, role);
  }

  /** The first declaration of the name of this one. */
  first(declaration: NamedDeclaration): NamedDeclaration {
    const name = declaration.name.text;
    const { types, callables } = this.namespace;
    return (isCallable(declaration) ? callables.get(name) : types.get(name)) ?? declaration;
  }

  /** A name of a field of a declaration of this namespace; nothing when it has none of that name. */
  addField(owner: FieldOwner | undefined, { text, span }: Name, role: Occurrence["role"] = "reference"): void {
    const field = owner === undefined ? undefined : firstFields(owner).get(text);
    if (owner === undefined || field === undefined) return;
    this.add({ kind: "field", namespace: this.namespace.name, owner, field }, span, role);
  }

  /** A name of a value of an enum; nothing when it has none of that name. */
  addEnumValue(
    declaration: EnumDeclaration,
    { text, span }: Name,
    namespace: Namespace = this.namespace,
    role: Occurrence["role"] = "reference",
  ): void {
    const value = firstValues(declaration).get(text);
    if (value !== undefined)
      this.add({ kind: "enum value", namespace: namespace.name, declaration, value }, span, role);
  }
}

const knownFields = new WeakMap<FieldOwner, ReadonlyMap<string, Field>>();
const knownValues = new WeakMap<EnumDeclaration, ReadonlyMap<string, EnumDeclaration["values"][number]>>();

function firstFields(owner: FieldOwner): ReadonlyMap<string, Field> {
  return firstOfName(knownFields, owner, fieldsOf);
}

function firstValues(declaration: EnumDeclaration): ReadonlyMap<string, EnumDeclaration["values"][number]> {
  return firstOfName(knownValues, declaration, ({ values }) => values);
}

/** The first member of each name; kept by declaration. */
function firstOfName<D extends Declaration, M extends { readonly name: Name }>(
  known: WeakMap<D, ReadonlyMap<string, M>>,
  declaration: D,
  membersOf: (declaration: D) => readonly M[],
): ReadonlyMap<string, M> {
  const before = known.get(declaration);
  if (before !== undefined) return before;
  const members = new Map([...membersOf(declaration)].reverse().map((member) => [member.name.text, member]));
  known.set(declaration, members);
  return members;
}
