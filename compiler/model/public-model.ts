import type {
  CallableModel,
  ColumnModel,
  ComponentModel,
  EnumModel,
  ErrorModel,
  EventModel,
  FieldModel,
  IndexModel,
  Model,
  StructModel,
  SystemModel,
  TypeModel,
} from "./model.js";

/** A system or endpoint that users may call. */
export interface PublicCallable extends CallableModel {
  readonly once: boolean;
}

/** A component with the columns and indexes that clients may know of. */
export interface PublicComponent extends ComponentModel {
  readonly columns: readonly ColumnModel[];
  readonly indexes: readonly IndexModel[];
}

/** One namespace without anything that is for admins or for the server only. */
export interface PublicNamespace {
  readonly name: string;
  readonly fingerprint: string;
  readonly enums: readonly EnumModel[];
  readonly structs: readonly StructModel[];
  readonly components: readonly PublicComponent[];
  readonly errors: readonly ErrorModel[];
  readonly events: readonly EventModel[];
  readonly callables: readonly PublicCallable[];
}

/**
 * What client folders may contain. A component that only admins read is left out, and so are columns that only admins
 * get, indexes over columns that not every reader gets, callables that users may not call, errors that no callable
 * rejects with, and enums and structs that nothing of what is left mentions: their docs would tell of what is hidden.
 */
export function publicModel(model: Model): readonly PublicNamespace[] {
  const drafts = model.namespaces.map((namespace) => {
    const callables = [...namespace.systems, ...namespace.endpoints].filter(isPublic).map(publicCallable);
    const rejected = new Set(callables.flatMap(({ rejects }) => rejects));
    return {
      namespace,
      callables,
      components: namespace.components.filter(({ access }) => access.readers !== "admin").map(publicComponent),
      errors: namespace.errors.filter(({ name }) => rejected.has(name)),
      events: namespace.events,
    };
  });
  const used = new UsedTypes(model);
  for (const { components, errors, events, callables } of drafts) {
    for (const { columns } of components) for (const { type } of columns) used.add(type);
    for (const { fields } of [...errors, ...events]) used.addFields(fields);
    for (const { params, result } of callables) {
      used.addFields(params);
      if (result !== undefined) used.add(result.type);
    }
  }
  return drafts.map(({ namespace, ...rest }) => ({
    name: namespace.name,
    fingerprint: namespace.fingerprint,
    ...rest,
    enums: namespace.enums.filter(({ name }) => used.has(namespace.name, name)),
    structs: namespace.structs.filter(({ name }) => used.has(namespace.name, name)),
  }));
}

function isPublic({ permission }: CallableModel): boolean {
  return permission === "everybody" || permission === "user";
}

function publicCallable(callable: CallableModel | SystemModel): PublicCallable {
  return { ...callable, once: "once" in callable && callable.once === true };
}

function publicComponent(component: ComponentModel): PublicComponent {
  const everyReaders = new Set(
    component.columns.filter(({ visibility }) => visibility === "public").map(({ name }) => name),
  );
  return {
    ...component,
    columns: component.columns.filter(({ visibility }) => visibility !== "admin"),
    indexes: component.indexes.filter(({ columns }) => columns.every((column) => everyReaders.has(column))),
  };
}

/** Enums and structs that something mentions, directly or through a struct. */
class UsedTypes {
  readonly #structs = new Map<string, StructModel>();
  readonly #used = new Set<string>();

  constructor(model: Model) {
    for (const namespace of model.namespaces) {
      for (const struct of namespace.structs) this.#structs.set(`${namespace.name}.${struct.name}`, struct);
    }
  }

  has(namespace: string, name: string): boolean {
    return this.#used.has(`${namespace}.${name}`);
  }

  addFields(fields: readonly FieldModel[]): void {
    for (const { type } of fields) this.add(type);
  }

  add(type: TypeModel): void {
    if (type.kind === "array") this.add(type.of);
    if (type.kind !== "enum" && type.kind !== "struct") return;
    const key = `${type.namespace}.${type.name}`;
    if (this.#used.has(key)) return;
    this.#used.add(key);
    this.addFields(this.#structs.get(key)?.fields ?? []);
  }
}
