import type { Schema } from "../schema/schema.js";
import type { RefusalCode, Reference } from "../wire/hetu2/kinds.js";

/** A component or index that a client of hetu.2 named, and the server does not have for it. */
export interface UnknownName {
  readonly code: RefusalCode;
  readonly reason: string;
}

/** A table and an index of it, by name. */
export interface NamedIndex {
  readonly table: string;
  readonly index: string;
}

/**
 * What the numbers of hetu.2 stand for in one schema. Only what the description has is found here, by name too: whoever
 * asks for something of admins is told the same as somebody who asks for nonsense.
 */
export class WireNames {
  readonly schema: Schema;
  readonly #components = new Map<string, readonly string[]>();
  readonly #tables = new Set<string>();
  readonly #errors = new Map<string, number>();
  readonly #events = new Map<string, number>();
  readonly #withoutResult = new Set<string>();

  constructor(schema: Schema) {
    this.schema = schema;
    const [components, , errors, events] = schema.wire.description;
    for (const [name, , indexes] of components) this.#components.set(name, ["id", ...indexes]);
    for (const { name, component } of schema.tables) if (this.#components.has(component)) this.#tables.add(name);
    for (const [number, [name]] of errors.entries()) this.#errors.set(name, number);
    for (const [number, [name]] of events.entries()) this.#events.set(name, number);
    for (const callable of [...schema.systems, ...schema.endpoints]) {
      if (!callable.returns) this.#withoutResult.add(callable.name);
    }
  }

  /** What a call is to; a number that there is not gives a name that no callable has. */
  callable(reference: Reference): string {
    if (typeof reference === "string") return reference;
    return this.schema.wire.description[1][reference]?.[0] ?? `number ${reference}`;
  }

  index(component: Reference, index: Reference): NamedIndex | UnknownName {
    const table = typeof component === "string" ? component : this.schema.wire.description[0][component]?.[0];
    if (table === undefined || !this.#tables.has(table)) {
      const what = typeof component === "string" ? JSON.stringify(component) : `number ${component}`;
      return {
        code: "UNKNOWN_COMPONENT",
        reason: `there is no component ${what}; names are those of the schema, copies are Name:suffix`,
      };
    }
    const indexes = this.#components.get(table.replace(/:.*/, "")) ?? [];
    const name = typeof index === "string" ? index : indexes[index];
    if (name !== undefined && indexes.includes(name)) return { table, index: name };
    const what = typeof index === "string" ? JSON.stringify(index) : `number ${index}`;
    return { code: "UNKNOWN_INDEX", reason: `${table} has no index ${what}; it has: ${indexes.join("; ")}` };
  }

  /** A typed error's number; its name where clients are not told of it, and built-in codes as they are. */
  error(code: string): Reference {
    return this.#errors.get(code) ?? code;
  }

  event(name: string): Reference {
    return this.#events.get(name) ?? name;
  }

  returns(callable: string): boolean {
    return !this.#withoutResult.has(callable);
  }
}
