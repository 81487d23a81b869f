/**
 * The syntax tree of one `.hetu` file. It says what is written, not whether it makes sense: names are not resolved
 * here, and an attribute may stand where none of its kind belongs.
 *
 * A tree exists for every text. What could not be read has been reported by the parser and is either left out (its
 * place is in `SchemaFile.skipped`) or stands as an `ErrorType` or `ErrorValue`, about which nothing more is to be said.
 */
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";

export interface Node {
  readonly kind: string;
  /** From the first to the last character; of a declaration or member with its attributes, without its `///` lines. */
  readonly span: Span;
}

export interface SchemaFile extends Node {
  readonly kind: "SchemaFile";
  readonly file: SourceFile;
  /** Absent when the file has none; that has been reported. */
  readonly namespace?: NamespaceDeclaration;
  /** In source order; the namespace is not among them. */
  readonly declarations: readonly Declaration[];
  /** Every comment, `///` lines included, in source order. */
  readonly comments: readonly Comment[];
  /** Stretches of source that no node stands for, each already reported. A name in there may well be declared. */
  readonly skipped: readonly Span[];
}

export interface Comment extends Node {
  readonly kind: "LineComment" | "BlockComment" | "DocLine";
  /** As written, with its delimiters and without the line break behind it. */
  readonly text: string;
}

/** The `///` lines before a declaration or a member. */
export interface DocComment extends Node {
  readonly kind: "DocComment";
  /** One a source line, without `///`, common indent and trailing white space. Join with `\n`. */
  readonly lines: readonly string[];
}

// Names and values

export interface Name extends Node {
  readonly kind: "Name";
  readonly text: string;
}

/** `name`, or `namespace.name`. */
export interface NameReference extends Node {
  readonly kind: "NameReference";
  readonly namespace?: Name;
  readonly name: Name;
}

export interface NumberLiteral extends Node {
  readonly kind: "NumberLiteral";
  /** As written: an optional `-`, then `12`, `0x1f`, `1.5`, `1e-3`. Always well-formed. */
  readonly raw: string;
}

export interface StringLiteral extends Node {
  readonly kind: "StringLiteral";
  /** With escapes decoded. */
  readonly value: string;
}

/** `500ms`, `5s`, `10m`, `2h`, `7d`: only among the arguments of attributes. */
export interface DurationLiteral extends Node {
  readonly kind: "DurationLiteral";
  readonly raw: string;
  readonly milliseconds: number;
}

/** Stands for a value that could not be read. Already reported. */
export interface ErrorValue extends Node {
  readonly kind: "ErrorValue";
}

/** A default. `true`, `false`, `now` and the values of enums are names here: which is meant depends on the type. */
export type Value = NumberLiteral | StringLiteral | NameReference | ErrorValue;

// Types

/** `i32`, `Team`, `items.Reward`, `string(32)`. */
export interface NamedType extends Node {
  readonly kind: "NamedType";
  readonly reference: NameReference;
  /** What stands in parentheses. */
  readonly size?: NumberLiteral | ErrorValue;
}

/** `T[]`. */
export interface ArrayType extends Node {
  readonly kind: "ArrayType";
  readonly element: TypeNode;
}

/** Stands for a type that could not be read. Already reported. */
export interface ErrorType extends Node {
  readonly kind: "ErrorType";
}

export type TypeNode = NamedType | ArrayType | ErrorType;

// Attributes

/** `@name`, `@name()`, `@name(1, per: 5s)`. */
export interface Attribute extends Node {
  readonly kind: "Attribute";
  readonly name: Name;
  readonly arguments: readonly AttributeArgument[];
  /** From `(` to `)`, when there are any. */
  readonly parentheses?: Span;
}

/** `value` or `name: value`. */
export interface AttributeArgument extends Node {
  readonly kind: "AttributeArgument";
  readonly name?: Name;
  readonly value: ArgumentValue;
}

export type ArgumentValue = Value | DurationLiteral | RlsExpression;

/** `column OP ctx.name`. */
export interface RlsExpression extends Node {
  readonly kind: "RlsExpression";
  readonly column: Name;
  readonly operator: RlsOperatorNode;
  /** As written; only `ctx` means anything. */
  readonly root: Name;
  readonly member: Name;
}

export interface RlsOperatorNode extends Node {
  readonly kind: "RlsOperator";
  readonly text: "==" | "!=" | "<" | "<=" | ">" | ">=";
}

// Declarations

/** What every declaration and member has. */
export interface Annotated extends Node {
  readonly doc?: DocComment;
  readonly attributes: readonly Attribute[];
}

export interface DeclarationNode extends Annotated {
  /** The span of `enum`, `system`, … */
  readonly keyword: Span;
}

export interface NamespaceDeclaration extends DeclarationNode {
  readonly kind: "NamespaceDeclaration";
  readonly name: Name;
}

export interface EnumDeclaration extends DeclarationNode {
  readonly kind: "EnumDeclaration";
  readonly name: Name;
  readonly base?: NameReference;
  readonly values: readonly EnumValue[];
  /** From `{` to `}`, both included. */
  readonly body: Span;
}

export interface EnumValue extends Annotated {
  readonly kind: "EnumValue";
  readonly name: Name;
  readonly value?: NumberLiteral | ErrorValue;
}

export interface SessionDeclaration extends DeclarationNode {
  readonly kind: "SessionDeclaration";
  readonly fields: readonly Field[];
  /** From `{` to `}`, both included. */
  readonly body: Span;
}

/** `component`, `struct`, `error`, `event`: a name and fields in braces. */
export interface RecordDeclaration<Kind extends string> extends DeclarationNode {
  readonly kind: Kind;
  readonly name: Name;
  readonly fields: readonly Field[];
  /** From `{` to `}`, both included. */
  readonly body: Span;
}

export type ComponentDeclaration = RecordDeclaration<"ComponentDeclaration">;
export type StructDeclaration = RecordDeclaration<"StructDeclaration">;
export type ErrorDeclaration = RecordDeclaration<"ErrorDeclaration">;
export type EventDeclaration = RecordDeclaration<"EventDeclaration">;

/** A member of a component, struct, error, event or session, and a parameter. All take the same forms here. */
export interface Field extends Annotated {
  readonly kind: "Field";
  readonly name: Name;
  /** The span of the `?` in `name?: T`. */
  readonly optional?: Span;
  readonly type: TypeNode;
  /** What stands behind `=`. */
  readonly default?: Value;
}

export interface CallableDeclaration<Kind extends string> extends DeclarationNode {
  readonly kind: Kind;
  readonly name: Name;
  readonly params: readonly Field[];
  /** From `(` to `)`, both included. */
  readonly parentheses: Span;
  readonly result?: ResultType;
  readonly uses?: ReferenceClause<"UsesClause">;
  readonly calls?: CallsClause;
  readonly rejects?: ReferenceClause<"RejectsClause">;
  readonly emits?: ReferenceClause<"EmitsClause">;
}

export type SystemDeclaration = CallableDeclaration<"SystemDeclaration">;
export type EndpointDeclaration = CallableDeclaration<"EndpointDeclaration">;

/** `T` or `T?` behind the parameters. */
export interface ResultType extends Node {
  readonly kind: "ResultType";
  readonly type: TypeNode;
  /** The span of the `?`. */
  readonly optional?: Span;
}

export interface ReferenceClause<Kind extends string> extends Node {
  readonly kind: Kind;
  readonly keyword: Span;
  readonly items: readonly NameReference[];
}

export interface CallsClause extends Node {
  readonly kind: "CallsClause";
  readonly keyword: Span;
  readonly items: readonly CallReference[];
}

/** `pay` or `remember:Shop`. */
export interface CallReference extends Node {
  readonly kind: "CallReference";
  readonly system: NameReference;
  readonly suffix?: Name;
}

export type Declaration =
  | EnumDeclaration
  | SessionDeclaration
  | ComponentDeclaration
  | StructDeclaration
  | ErrorDeclaration
  | EventDeclaration
  | SystemDeclaration
  | EndpointDeclaration;
