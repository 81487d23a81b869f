import { fieldsOf } from "../../../check/kinds.js";
import { NAMELESS, type Namespace } from "../../../check/project.js";
import type { ComponentDeclaration, Declaration, Field, SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";

/** The names that a file sees, and its nodes by the places that the tokens tell. */
export class Scope {
  readonly snapshot: Snapshot;
  readonly file: SchemaFile;
  readonly namespace: Namespace | undefined;

  constructor(snapshot: Snapshot, file: SchemaFile) {
    this.snapshot = snapshot;
    this.file = file;
    this.namespace = namespaceOf(snapshot, file);
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
    return this.file.declarations.find((declaration) => declaration.keyword.start === keyword);
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
}

/** The namespace that the names of a file are seen from. */
export function namespaceOf({ context }: Snapshot, file: SchemaFile): Namespace | undefined {
  const named = file.namespace === undefined ? undefined : context.namespaces.get(file.namespace.name.text);
  return named ?? [...context.namespaces.values()].find(({ files }) => files.includes(file));
}
