import type {
  ComponentDeclaration,
  Declaration,
  EndpointDeclaration,
  EnumDeclaration,
  ErrorDeclaration,
  EventDeclaration,
  Field,
  SchemaFile,
  SessionDeclaration,
  StructDeclaration,
  SystemDeclaration,
} from "../syntax/tree.js";
import { onceEach } from "./once-each.js";

/** What shares the scope of types in a namespace. */
export type TypeDeclaration =
  ComponentDeclaration | EnumDeclaration | StructDeclaration | ErrorDeclaration | EventDeclaration;

/** What shares the scope of calls in a namespace. */
export type CallableDeclarationNode = SystemDeclaration | EndpointDeclaration;

/** All declarations of one namespace, over all files; a name's first declaration is the one that counts. */
export interface Namespace {
  readonly name: string;
  readonly files: readonly SchemaFile[];
  readonly declarations: readonly Declaration[];
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly callables: ReadonlyMap<string, CallableDeclarationNode>;
  readonly session: SessionDeclaration | undefined;
  /** The first field of each name. */
  readonly sessionFields: ReadonlyMap<string, Field>;
}

/**
 * The declarations of files that have no namespace statement, which the parser has reported. Names are looked for in
 * here leniently: what it lacks may be meant to come from any namespace.
 */
export const NAMELESS = "";

const NO_FIELDS: readonly Field[] = [];

/**
 * Sorts declarations into namespaces. Files must be ordered by path, so that "first" does not depend on the disk.
 * A file without a namespace statement joins the only namespace of the project, if there is only one.
 */
export function collectNamespaces(files: readonly SchemaFile[]): ReadonlyMap<string, Namespace> {
  const named = new Set(files.flatMap((file) => (file.namespace === undefined ? [] : [file.namespace.name.text])));
  const onlyName = named.size === 1 ? [...named][0] : undefined;
  const grouped = new Map<string, SchemaFile[]>();
  for (const file of files) {
    const name = file.namespace?.name.text ?? onlyName ?? NAMELESS;
    const group = grouped.get(name);
    if (group === undefined) grouped.set(name, [file]);
    else group.push(file);
  }
  return new Map([...grouped].map(([name, group]) => [name, collect(name, group)]));
}

function collect(name: string, files: readonly SchemaFile[]): Namespace {
  const declarations = files.flatMap((file) => file.declarations);
  const types = new Map<string, TypeDeclaration>();
  const callables = new Map<string, CallableDeclarationNode>();
  let session: SessionDeclaration | undefined;
  for (const declaration of declarations) {
    if (declaration.kind === "SessionDeclaration") session ??= declaration;
    else if (isCallable(declaration)) addFirst(callables, declaration.name.text, declaration);
    else addFirst(types, declaration.name.text, declaration);
  }
  return {
    name,
    files,
    declarations,
    types,
    callables,
    session,
    sessionFields: fieldsByName(session?.fields ?? NO_FIELDS),
  };
}

/** The first field of each name. */
export const fieldsByName = onceEach((fields: readonly Field[]): ReadonlyMap<string, Field> => {
  const byName = new Map<string, Field>();
  for (const field of fields) addFirst(byName, field.name.text, field);
  return byName;
});

export function isCallable(declaration: Declaration): declaration is CallableDeclarationNode {
  return declaration.kind === "SystemDeclaration" || declaration.kind === "EndpointDeclaration";
}

function addFirst<V>(map: Map<string, V>, key: string, value: V): void {
  if (!map.has(key)) map.set(key, value);
}
