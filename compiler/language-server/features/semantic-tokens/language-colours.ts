import { fieldsOf } from "../../../check/kinds.js";
import { isCallable } from "../../../check/project.js";
import { CALLER, RLS_ROOT } from "../../../check/rls.js";
import { innermost } from "../../../check/innermost.js";
import { BUILT_IN_TYPES } from "../../../check/types.js";
import type { Span } from "../../../source/span.js";
import type {
  Attribute,
  AttributeArgument,
  Declaration,
  Field,
  NameReference,
  NamespaceDeclaration,
  TypeNode,
} from "../../../syntax/tree.js";
import type { ColouredToken } from "./encode.js";
import type { TokenModifier, TokenType } from "./legend.js";

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "now"]);

/** How what an attribute names looks, where it is nothing of the schema. */
const ARGUMENT_COLOURS: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ["permission", "enumMember"],
  ["on", "enumMember"],
  ["was", "variable"],
  ["backend", "variable"],
]);

/** How what is part of the language looks: keywords where they are some, built-in types, attributes and their words. */
export function languageTokens(declaration: Declaration | NamespaceDeclaration): ColouredToken[] {
  const tokens = [token(declaration.keyword, "keyword")];
  addAttributes(tokens, declaration.attributes);
  if (declaration.kind === "NamespaceDeclaration") return tokens;
  if (declaration.kind === "EnumDeclaration") {
    if (declaration.base !== undefined) addBuiltIn(tokens, declaration.base);
    for (const { attributes } of declaration.values) addAttributes(tokens, attributes);
    return tokens;
  }
  for (const field of fieldsOf(declaration)) addField(tokens, field);
  if (!isCallable(declaration)) return tokens;
  const { result, uses, calls, rejects, emits } = declaration;
  if (result !== undefined) addType(tokens, result.type);
  for (const clause of [uses, calls, rejects, emits]) {
    if (clause !== undefined) tokens.push(token(clause.keyword, "keyword"));
  }
  return tokens;
}

function addField(tokens: ColouredToken[], { attributes, type, default: value }: Field): void {
  addType(tokens, type);
  addAttributes(tokens, attributes);
  if (value?.kind === "NameReference" && CONSTANTS.has(value.name.text)) tokens.push(token(value.name.span, "keyword"));
}

function addType(tokens: ColouredToken[], type: TypeNode): void {
  const named = innermost(type);
  if (named !== undefined) addBuiltIn(tokens, named.reference);
}

function addBuiltIn(tokens: ColouredToken[], { namespace, name }: NameReference): void {
  if (namespace === undefined && BUILT_IN.has(name.text)) tokens.push(token(name.span, "type", "defaultLibrary"));
}

function addAttributes(tokens: ColouredToken[], attributes: readonly Attribute[]): void {
  for (const { name, span, arguments: given } of attributes) {
    tokens.push({ ...token(name.span, "decorator"), start: span.start });
    for (const argument of given) addArgument(tokens, name.text, argument);
  }
}

function addArgument(tokens: ColouredToken[], attribute: string, { name, value }: AttributeArgument): void {
  if (name !== undefined) tokens.push(token(name.span, "parameter"));
  if (value.kind === "RlsExpression" && value.root.text === RLS_ROOT) {
    tokens.push(token(value.root.span, "variable", "readonly", "defaultLibrary"));
    if (value.member.text !== CALLER) return;
    tokens.push(token(value.member.span, "property", "readonly", "defaultLibrary"));
    return;
  }
  const colour = ARGUMENT_COLOURS.get(attribute);
  if (colour === undefined || value.kind !== "NameReference" || value.namespace !== undefined) return;
  const modifiers: readonly TokenModifier[] = colour === "enumMember" ? ["readonly", "defaultLibrary"] : [];
  tokens.push(token(value.span, colour, ...modifiers));
}

function token({ start, end }: Span, type: TokenType, ...modifiers: readonly TokenModifier[]): ColouredToken {
  return { start, end, type, modifiers };
}
