import type {
  ColumnTypeModel,
  ComponentModel,
  ErrorModel,
  FieldModel,
  Model,
  ScalarName,
  StructModel,
  SystemModel,
  TypeModel,
} from "../model/model.js";
import { publicModel } from "../model/public-model.js";
import {
  type FieldDescription,
  fingerprintOf,
  namespaceWire,
  type WireDescription,
} from "../model/wire-description.js";

/** What a server tells clients of a namespace, in the form that another model of it is reduced to. */
export function publicPart(model: Model, namespace: string): Model | undefined {
  const visible = publicModel(model);
  const found = visible.find(({ name }) => name === namespace);
  return found === undefined ? undefined : modelOfDescription(namespace, namespaceWire(visible, found).description);
}

/**
 * A model that has nothing but what a description tells: no lengths, no values of enums, no permissions, and nothing
 * of how rows are stored. Two of them can be compared; what they do not have is alike in both.
 */
export function modelOfDescription(namespace: string, description: WireDescription): Model {
  const [components, callables, errors, events] = description;
  const types = new DescribedTypes(namespace);
  const fingerprint = fingerprintOf(description);
  const messages = (list: readonly (readonly [string, readonly FieldDescription[]])[]): readonly ErrorModel[] =>
    list.map(([name, fields]) => ({ name, fields: fields.map(([field, type]) => types.field(field, type)) }));
  const told = {
    components: components.map(([name, columns, indexes]): ComponentModel => ({
      name,
      columns: columns.map(([column, type]) => ({
        name: column,
        type: types.column(type),
        visibility: "public",
        // As if each had one: a description does not tell.
        default: { kind: "number", value: 0 },
      })),
      indexes: indexes.map((index) => ({ name: index, columns: index.split(","), unique: false })),
      access: { readers: "everybody", rules: [] },
      // Nothing is known of rows, so nothing is said of them.
      volatile: true,
      copies: [],
    })),
    systems: callables.map(([name, params, result]): SystemModel => ({
      name,
      params: params.map((type, at) => types.field(`parameter ${at + 1}`, type)),
      ...(result === "" ? {} : { result: types.result(result) }),
      calls: [],
      uses: [],
      emits: [],
      // So that all errors are public.
      rejects: errors.map(([error]) => error),
      retry: 0,
      permission: "everybody",
    })),
    errors: messages(errors),
    events: messages(events),
  };
  const { enums, structs } = types;
  const rest = { enums, structs, session: [], endpoints: [], clusters: [] };
  return { format: 1, fingerprint, namespaces: [{ name: namespace, fingerprint, ...told, ...rest }] };
}

const ENUM = "enum";

/** Types as a description spells them. A struct is called by its text, so that another text is another struct. */
class DescribedTypes {
  readonly #namespace: string;
  readonly #structs = new Map<string, StructModel>();
  readonly enums = [{ name: ENUM, base: "i32" as const, values: [] }];

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  get structs(): readonly StructModel[] {
    return [...this.#structs.values()];
  }

  field(name: string, text: string): FieldModel {
    return { name, ...this.result(text) };
  }

  result(text: string): { readonly type: TypeModel; readonly optional?: true } {
    return text.endsWith("?") ? { type: this.#type(text.slice(0, -1)), optional: true } : { type: this.#type(text) };
  }

  column(text: string): ColumnTypeModel {
    const type = this.#type(text);
    if (type.kind === "struct" || type.kind === "array") throw new Error(`a column of type ${text}`);
    return type;
  }

  #type(text: string): TypeModel {
    if (text === "string" || text === "bytes") return { kind: text, max: 0 };
    if (text === ENUM) return { kind: "enum", namespace: this.#namespace, name: ENUM };
    if (text.startsWith("[")) return { kind: "array", of: this.#type(text.slice(1, -1)) };
    if (!text.startsWith("{")) return { kind: "scalar", name: text as ScalarName };
    const field: FieldModel = { name: text, type: { kind: "scalar", name: "bool" } };
    this.#structs.set(text, { name: text, fields: [field] });
    return { kind: "struct", namespace: this.#namespace, name: text };
  }
}
