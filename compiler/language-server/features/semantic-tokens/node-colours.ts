import { CALLER, RLS_ROOT } from "../../../check/rls.js";
import { BUILT_IN_TYPES } from "../../../check/types.js";
import type { Span } from "../../../source/span.js";
import type { Attribute, AttributeArgument, NameReference } from "../../../syntax/tree.js";
import { type SyntaxNode, syntaxNodes } from "../syntax-nodes.js";
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
export function* nodeTokens(root: SyntaxNode): Generator<ColouredToken> {
  for (const node of syntaxNodes(root)) {
    if ("keyword" in node) yield token(node.keyword, "keyword");
    switch (node.kind) {
      case "Attribute":
        yield* attributeTokens(node);
        break;
      case "NamedType":
        yield* builtIn(node.reference);
        break;
      case "EnumDeclaration":
        if (node.base !== undefined) yield* builtIn(node.base);
        break;
      case "Field":
        if (node.default?.kind === "NameReference" && CONSTANTS.has(node.default.name.text)) {
          yield token(node.default.name.span, "keyword");
        }
        break;
      case "RlsExpression":
        if (node.root.text !== RLS_ROOT) break;
        yield token(node.root.span, "variable", "readonly", "defaultLibrary");
        if (node.member.text === CALLER) yield token(node.member.span, "property", "readonly", "defaultLibrary");
        break;
      default:
        break;
    }
  }
}

function* attributeTokens({ name, span, arguments: given }: Attribute): Generator<ColouredToken> {
  yield token({ ...name.span, start: span.start }, "decorator");
  for (const argument of given) yield* argumentTokens(name.text, argument);
}

function* argumentTokens(attribute: string, { name, value }: AttributeArgument): Generator<ColouredToken> {
  if (name !== undefined) yield token(name.span, "parameter");
  const colour = ARGUMENT_COLOURS.get(attribute);
  if (colour === undefined || value.kind !== "NameReference" || value.namespace !== undefined) return;
  yield colour === "enumMember" ? token(value.span, colour, "readonly", "defaultLibrary") : token(value.span, colour);
}

function* builtIn({ namespace, name }: NameReference): Generator<ColouredToken> {
  if (namespace === undefined && BUILT_IN.has(name.text)) yield token(name.span, "type", "defaultLibrary");
}

function token({ start, end }: Span, type: TokenType, ...modifiers: readonly TokenModifier[]): ColouredToken {
  return { start, end, type, modifiers };
}
