import { fieldsOf } from "../../../check/kinds.js";
import { NAMELESS, type Namespace } from "../../../check/project.js";
import { SourceFile } from "../../../source/source-file.js";
import { parse } from "../../../syntax/parse.js";
import type { ComponentDeclaration, Declaration, Field, SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import { namespaceOf } from "../namespace-of.js";
import { regionEnd } from "./cursor.js";

/** The names that a file sees, and its nodes by the places that the tokens tell. */
export class Scope {
  readonly snapshot: Snapshot;
  readonly file: SchemaFile;
  readonly namespace: Namespace | undefined;
  readonly #reread = new Map<number, Declaration | undefined>();

  constructor(snapshot: Snapshot, file: SchemaFile) {
    this.snapshot = snapshot;
    this.file = file;
    this.namespace = namespaceOf(file, snapshot.context);
  }

  /** Those that have a name, the own one left out. */
  get otherNamespaces(): readonly Namespace[] {
    return [...this.snapshot.context.namespaces.values()].filter(
      (each) => each !== this.namespace && each.name !== NAMELESS,
    );
  }

  /** The declaration whose keyword starts at an offset; `undefined` when it could not be read. */
  declaration(keyword: number | undefined): Declaration | undefined {
    if (keyword === undefined) return undefined;
    const atKeyword = (declaration: Declaration): boolean => declaration.keyword.start === keyword;
    return this.file.declarations.find(atKeyword) ?? this.#readAlone(keyword);
  }

  component(keyword: number | undefined): ComponentDeclaration | undefined {
    const declaration = this.declaration(keyword);
    return declaration?.kind === "ComponentDeclaration" ? declaration : undefined;
  }

  /** The field or parameter whose name starts at an offset. */
  field(keyword: number | undefined, name: number | undefined): Field | undefined {
    const declaration = this.declaration(keyword);
    if (declaration === undefined || declaration.kind === "EnumDeclaration") return undefined;
    return fieldsOf(declaration).find((field) => field.name.span.start === name);
  }

  /** Reads a declaration by itself that half-typed text before it, such as a bare `@`, has taken out of the tree. */
  #readAlone(keyword: number): Declaration | undefined {
    if (this.#reread.has(keyword)) return this.#reread.get(keyword);
    const { path, text } = this.file.file;
    // Blanks keep the offsets.
    const alone = `${" ".repeat(keyword)}${text.slice(keyword, regionEnd(this.file, keyword))}`;
    const declaration = parse(new SourceFile(path, alone)).tree.declarations.find(
      (each) => each.keyword.start === keyword,
    );
    this.#reread.set(keyword, declaration);
    return declaration;
  }
}
