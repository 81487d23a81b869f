import { fieldsOf } from "../../check/kinds.js";
import type { Namespace } from "../../check/project.js";
import type { Diagnostic, Fix } from "../../diagnostics/diagnostic.js";
import type { Span } from "../../source/span.js";
import type { Attribute, Declaration, EnumValue, Field, SchemaFile } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";

/** A problem with what stands at its place. */
export interface Trouble {
  readonly snapshot: Snapshot;
  readonly file: SchemaFile;
  readonly problem: Diagnostic;
  readonly span: Span;
  /** The source under the span. */
  readonly text: string;
  readonly declaration?: Declaration;
  /** The column, parameter or other field of the declaration. */
  readonly field?: Field;
  readonly value?: EnumValue;
  readonly attribute?: Attribute;
  readonly isStored: IsStored;
}

/** Whether data may be stored under a name of the schema, given where it is declared. */
export type IsStored = (name: Span) => boolean;

/** One way out of a problem. */
export interface Way extends Fix {
  /** Made by the user's choice only, also when it comes first. */
  readonly isGuess?: true;
  /** Takes away only what the problem itself says is of no use: may be made for all of them at once, when asked for. */
  readonly isUseless?: true;
}

/** What could be done about a problem, the best first; nothing when it is not plain. Keyed by code, never by message. */
export type Repair = (trouble: Trouble) => readonly Way[];

/** The codes of one file of repairs. */
export type Repairs = readonly (readonly [{ readonly code: string }, Repair])[];

/** Looks up what stands at a problem. */
export function troubleOf(snapshot: Snapshot, file: SchemaFile, problem: Diagnostic, isStored: IsStored): Trouble {
  const { span } = problem;
  const around = <N extends { readonly span: Span }>(nodes: readonly N[]): N | undefined =>
    nodes.find((node) => node.span.start <= span.start && span.end <= node.span.end);
  const declaration = around(file.declarations);
  const isEnum = declaration?.kind === "EnumDeclaration";
  const field = declaration === undefined || isEnum ? undefined : around(fieldsOf(declaration));
  const value = isEnum ? around(declaration.values) : undefined;
  const attribute = around([...(declaration?.attributes ?? []), ...((field ?? value)?.attributes ?? [])]);
  const text = span.file.text.slice(span.start, span.end);
  return { snapshot, file, problem, span, text, declaration, field, value, attribute, isStored };
}

/** The namespace that a file adds to. */
export function namespaceOf({ snapshot, file }: Trouble): Namespace | undefined {
  return [...snapshot.context.namespaces.values()].find(({ files }) => files.includes(file));
}

/** One way out. */
export function fix(title: string, ...edits: Fix["edits"]): Way {
  return { title, edits };
}

/** A way out that holds something which the schema does not tell. */
export function guess(title: string, ...edits: Fix["edits"]): Way {
  return { title, edits, isGuess: true };
}

/** All of a text that could not be read and starts where the problem is. */
export function unreadText({ file, span: at }: Trouble): Span {
  return file.skipped.find(({ start }) => start === at.start) ?? at;
}

/** What stands in the body or the parentheses of a declaration. */
export function membersOf(declaration: Declaration): readonly (Field | EnumValue)[] {
  return declaration.kind === "EnumDeclaration" ? declaration.values : fieldsOf(declaration);
}
