import type { ErrorModel, EventModel, StructModel, TypeModel } from "./model.js";
import type { PublicCallable, PublicComponent, PublicNamespace } from "./public-model.js";
import { sha256 } from "./sha256.js";

/** Name, columns without `id`, and indexes without the one on `id`. */
export type ComponentDescription = readonly [
  name: string,
  columns: readonly FieldDescription[],
  indexes: readonly string[],
];

/** `result` is empty when there is none. */
export type CallableDescription = readonly [name: string, params: readonly string[], result: string];

/** An error or an event. */
export type MessageDescription = readonly [name: string, fields: readonly FieldDescription[]];

export type FieldDescription = readonly [name: string, type: string];

/** What hetu.2 numbers and how it travels; see `docs/protocol.md`. */
export type WireDescription = readonly [
  components: readonly ComponentDescription[],
  callables: readonly CallableDescription[],
  errors: readonly MessageDescription[],
  events: readonly MessageDescription[],
];

export interface NamespaceWire {
  /** `sha256` (hex) of the description as JSON without spaces, in UTF-8. */
  readonly fingerprint: string;
  readonly description: WireDescription;
}

/**
 * The part of a namespace that hetu.2 numbers, in schema order.
 *
 * @param namespaces the whole public model: structs may be declared in another namespace.
 */
export function namespaceWire(namespaces: readonly PublicNamespace[], namespace: PublicNamespace): NamespaceWire {
  const types = new TypeTexts(namespaces);
  const description: WireDescription = [
    namespace.components.map((component) => types.component(component)),
    namespace.callables.map((callable) => types.callable(callable)),
    namespace.errors.map((error) => types.message(error)),
    namespace.events.map((event) => types.message(event)),
  ];
  return { fingerprint: fingerprintOf(description), description };
}

/** `sha256` (hex) of a description, as client and server compare it. */
export function fingerprintOf(description: WireDescription): string {
  return sha256(JSON.stringify(description));
}

/** Types as the description spells them: only what decides how a value travels. */
class TypeTexts {
  readonly #structs = new Map<string, StructModel>();
  readonly #known = new Map<string, string>();

  constructor(namespaces: readonly PublicNamespace[]) {
    for (const { name, structs } of namespaces) {
      for (const struct of structs) this.#structs.set(`${name}.${struct.name}`, struct);
    }
  }

  component({ name, columns, indexes }: PublicComponent): ComponentDescription {
    return [
      name,
      columns.map((column): FieldDescription => [column.name, this.#text(column.type)]),
      indexes.map((index) => index.name),
    ];
  }

  callable({ name, params, result }: PublicCallable): CallableDescription {
    return [name, params.map((param) => this.#optional(param)), result === undefined ? "" : this.#optional(result)];
  }

  message({ name, fields }: ErrorModel | EventModel): MessageDescription {
    return [name, fields.map((field): FieldDescription => [field.name, this.#optional(field)])];
  }

  #optional({ type, optional }: { readonly type: TypeModel; readonly optional?: true }): string {
    return optional === true ? `${this.#text(type)}?` : this.#text(type);
  }

  #text(type: TypeModel): string {
    switch (type.kind) {
      case "scalar":
        return type.name;
      case "string":
      case "bytes":
      case "enum":
        return type.kind;
      case "array":
        return `[${this.#text(type.of)}]`;
      case "struct":
        return this.#struct(`${type.namespace}.${type.name}`);
    }
  }

  #struct(name: string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const struct = this.#structs.get(name);
    if (struct === undefined) throw new Error(`the public model has no struct ${name}`);
    const text = `{${struct.fields.map((field) => `${field.name}:${this.#optional(field)}`).join(",")}}`;
    this.#known.set(name, text);
    return text;
  }
}
