import { notAType, unknownNamespace, unknownType } from "../../diagnostics/codes/names.js";
import { foreignNoResults, foreignTypes } from "../../syntax/foreign-words.js";
import { span, type Span } from "../../source/span.js";
import type { NamedType, NameReference } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { KEYWORDS } from "../kinds.js";
import { NAMELESS, type Namespace } from "../project.js";
import { resolveType } from "../resolve.js";
import { innermost } from "../innermost.js";
import { writtenTypes } from "../type-nodes.js";
import { BUILT_IN_TYPES, isSized } from "../types.js";
import { replacement } from "../replacement.js";

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);

/** What a column that names a row, or a user, is often given as its type. */
const ID_WORDS: ReadonlySet<string> = new Set(["id", "rowid", "row_id", "userid", "user_id", "entityid", "entity_id"]);
const ID_TYPE = "i64";

const CLAUSES: ReadonlySet<string> = new Set(["uses", "calls", "rejects", "emits"]);

/** Every type that is written is a built-in one, an enum or a struct. */
export const knownTypes: Rule = (context) => {
  for (const { type, namespace } of writtenTypes(context)) {
    const named = innermost(type);
    if (named !== undefined) checkNamed(context, named, namespace);
  }
};

function checkNamed(context: CheckContext, named: NamedType, from: Namespace): void {
  const { reference } = named;
  const name = reference.name.text;
  if (reference.namespace === undefined && BUILT_IN.has(name)) return;
  const resolution = resolveType(reference, from, context.namespaces);
  if (resolution.kind === "found") {
    const { kind } = resolution.declaration;
    if (kind === "EnumDeclaration" || kind === "StructDeclaration") return;
    context.report(notAType, { name, is: KEYWORDS[kind] }, reference.span);
    return;
  }
  // Without its `)`, a parameter list goes on in the clauses.
  if (CLAUSES.has(name) && context.broken.touchesFile(reference.span.file)) return;
  // There are no generic types, which the `<` of one has been told.
  const { file, end } = reference.span;
  if (file.text[end] === "<" && context.broken.touchesSpan(reference.span)) return;
  if (from.name === NAMELESS || context.broken.mayDeclare(name, "enum", "struct")) return;
  if (resolution.kind === "no such namespace") {
    reportNamespace(context, reference, from);
    return;
  }
  const left = emptyResult(reference);
  if (left !== undefined) {
    const fix = { title: "Leave the result out", edits: [{ span: left, text: "" }] };
    context.report(unknownType, { name, suggestion: undefined, isNone: true }, reference.span, { fix });
    return;
  }
  const suggestion = suggest(context, named, resolution.namespace);
  // What takes the place of a type that has no size takes the place of the size, too.
  const isSizeLeft = suggestion !== undefined && named.size !== undefined && !isSized(suggestion);
  const start = reference.namespace === undefined ? reference.span.start : reference.name.span.start;
  const place = span(reference.span.file, start, isSizeLeft ? named.span.end : reference.span.end);
  context.report(unknownType, { name, suggestion }, reference.span, replacement(place, suggestion));
}

/** From the `)` to the end of a result that other languages write where there is none. */
function emptyResult({ namespace, name, span: { file, start, end } }: NameReference): Span | undefined {
  if (namespace !== undefined || !foreignNoResults.has(name.text.toLowerCase())) return undefined;
  const before = /(?<=\))[ \t]*:[ \t]*$/.exec(file.text.slice(file.lineStart(file.lineOf(start)), start))?.[0];
  return before === undefined || /^[ \t]*[[(?]/.test(file.text.slice(end))
    ? undefined
    : span(file, start - before.length, end);
}

function reportNamespace(context: CheckContext, { namespace, span }: NameReference, from: Namespace): void {
  const name = namespace?.text ?? "";
  const place = namespace?.span ?? span;
  const declaration = from.types.get(name);
  if (declaration?.kind === "EnumDeclaration" || declaration?.kind === "StructDeclaration") {
    const is = KEYWORDS[declaration.kind];
    context.report(unknownNamespace, { name, is, suggestion: name }, place, replacement(span, name));
    return;
  }
  const suggestion = context.suggestions.nearest(name, context.namespaces.keys());
  context.report(unknownNamespace, { name, suggestion }, place, replacement(place, suggestion));
}

function suggest(context: CheckContext, { reference, size }: NamedType, within: Namespace): string | undefined {
  const name = reference.name.text;
  if (reference.namespace === undefined) {
    const foreign = foreignTypes.get(name.toLowerCase());
    if (foreign !== undefined) return withSize(foreign, size);
    for (const namespace of context.namespaces.values()) {
      if (isUsable(namespace, name) && namespace.name !== NAMELESS) return `${namespace.name}.${name}`;
    }
    if (ID_WORDS.has(name.toLowerCase())) return ID_TYPE;
  }
  const nearest = context.suggestions.nearest(name, candidates(within, reference.namespace === undefined));
  return nearest === undefined || reference.namespace !== undefined ? nearest : withSize(nearest, size);
}

/** A type as it can be written in place of another that has this size, or none. */
function withSize(type: string, size: NamedType["size"]): string {
  return isSized(type) && size === undefined ? `${type}(32)` : type;
}

function* candidates(within: Namespace, withBuiltIn: boolean): Generator<string> {
  for (const name of within.types.keys()) if (isUsable(within, name)) yield name;
  if (withBuiltIn) yield* BUILT_IN;
}

function isUsable(namespace: Namespace, name: string): boolean {
  const kind = namespace.types.get(name)?.kind;
  return kind === "EnumDeclaration" || kind === "StructDeclaration";
}
