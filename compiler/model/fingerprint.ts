import { canonicalJson } from "./canonical-json.js";
import type { EnumModel, NamespaceModel, StructModel, TypeModel } from "./model.js";
import { sha256 } from "./sha256.js";

/** What a schema means does not depend on these. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(["doc", "deprecated", "fingerprint"]);

/** A namespace that has no fingerprint yet. */
export type UnprintedNamespace = Omit<NamespaceModel, "fingerprint">;

type DeclaredType = EnumModel | StructModel;
type TypesByNamespace = ReadonlyMap<string, ReadonlyMap<string, DeclaredType>>;

/**
 * Gives each namespace its fingerprint: `sha256` (hex) over the namespace and over the enums and structs of others that
 * it uses, directly or through structs.
 */
export function fingerprintNamespaces(namespaces: readonly UnprintedNamespace[]): readonly NamespaceModel[] {
  const types = new Map(namespaces.map((each) => [each.name, typesByName(each)]));
  return namespaces.map((namespace) => {
    const foreign = foreignTypes(namespace, types);
    const fingerprint = sha256(canonicalJson({ namespace, foreign }, WITHOUT_MEANING));
    const { name, ...rest } = namespace;
    return { name, fingerprint, ...rest };
  });
}

/** `sha256` (hex) over all namespaces, each by its own fingerprint. */
export function modelFingerprint(namespaces: readonly NamespaceModel[]): string {
  return sha256(canonicalJson(namespaces.map(({ name, fingerprint }) => [name, fingerprint])));
}

function foreignTypes(namespace: UnprintedNamespace, types: TypesByNamespace): Readonly<Record<string, DeclaredType>> {
  const found = new Map<string, DeclaredType>();
  const pending = typesWithin(namespace);
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (type.kind === "array") pending.push(type.of);
    if ((type.kind !== "enum" && type.kind !== "struct") || type.namespace === namespace.name) continue;
    const name = `${type.namespace}.${type.name}`;
    const declared = types.get(type.namespace)?.get(type.name);
    if (declared === undefined || found.has(name)) continue;
    found.set(name, declared);
    if ("fields" in declared) for (const field of declared.fields) pending.push(field.type);
  }
  return Object.fromEntries(found);
}

function typesByName(namespace: UnprintedNamespace): ReadonlyMap<string, DeclaredType> {
  return new Map([...namespace.enums, ...namespace.structs].map((type) => [type.name, type]));
}

function typesWithin(namespace: UnprintedNamespace): TypeModel[] {
  const { structs, errors, events, components, session, systems, endpoints } = namespace;
  const callables = [...systems, ...endpoints];
  return [
    ...[...structs, ...errors, ...events].flatMap(({ fields }) => fields),
    ...components.flatMap(({ columns }) => columns),
    ...session,
    ...callables.flatMap(({ params }) => params),
    ...callables.flatMap(({ result }) => result ?? []),
  ].map(({ type }) => type);
}
