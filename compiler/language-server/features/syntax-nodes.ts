import { touches, type Span } from "../../source/span.js";
import type {
  Attribute,
  AttributeArgument,
  CallReference,
  CallsClause,
  Comment,
  Declaration,
  DocComment,
  DurationLiteral,
  EnumValue,
  Field,
  Name,
  NamespaceDeclaration,
  ReferenceClause,
  ResultType,
  RlsExpression,
  RlsOperatorNode,
  SchemaFile,
  TypeNode,
  Value,
} from "../../syntax/tree.js";

/** Every kind of node. */
export type SyntaxNode =
  | SchemaFile
  | NamespaceDeclaration
  | Declaration
  | Field
  | EnumValue
  | Attribute
  | AttributeArgument
  | TypeNode
  | Value
  | DurationLiteral
  | RlsExpression
  | RlsOperatorNode
  | Name
  | ResultType
  | ReferenceClause<"UsesClause" | "RejectsClause" | "EmitsClause">
  | CallsClause
  | CallReference
  | DocComment
  | Comment;

/** The nodes that an offset is in, or directly behind. */
export function nodesAt(root: SyntaxNode, offset: number): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const pending: SyntaxNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (touches(extentOf(node), offset)) found.push(node);
    else if (node !== root) continue;
    pending.push(...childrenOf(node));
  }
  return found;
}

/** A node with its `///` lines. */
export function extentOf(node: SyntaxNode): Span {
  return "doc" in node && node.doc !== undefined ? { ...node.span, start: node.doc.span.start } : node.span;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}
