import type { EnumModel, Model, NamespaceModel, StructModel, TypeModel } from "../model/model.js";
import { publicModel, type PublicNamespace } from "../model/public-model.js";
import { TypesWithin } from "./types-within.js";

type DeclaredType = Extract<TypeModel, { kind: "enum" | "struct" }>;

/** One of two models, with what is asked of it again and again. */
export class Side {
  readonly namespaces: ReadonlyMap<string, NamespaceModel>;
  /** Enums and structs that clients send: parameters of what they may call. */
  readonly sent: TypesWithin;
  /** Enums and structs that clients get: results, errors, events, columns. */
  readonly received: TypesWithin;
  /** Enums of columns whose rows outlive the server. */
  readonly stored: TypesWithin;
  readonly #visible: ReadonlyMap<string, PublicNamespace>;

  constructor(model: Model) {
    this.namespaces = new Map(model.namespaces.map((each) => [each.name, each]));
    const visible = publicModel(model);
    this.#visible = new Map(visible.map((each) => [each.name, each]));
    const find = (type: DeclaredType): StructModel | undefined =>
      type.kind === "struct" ? this.struct(type) : undefined;
    this.sent = new TypesWithin(find);
    this.received = new TypesWithin(find);
    this.stored = new TypesWithin(find);
    for (const { components, callables, errors, events } of visible) {
      this.sent.addAll(callables.flatMap(({ params }) => params));
      this.received.addAll(callables.flatMap(({ result }) => result ?? []));
      this.received.addAll([...errors, ...events].flatMap(({ fields }) => fields));
      this.received.addAll(components.flatMap(({ columns }) => columns));
    }
    for (const { components } of model.namespaces) {
      this.stored.addAll(components.filter(({ volatile }) => volatile !== true).flatMap(({ columns }) => columns));
    }
  }

  /** What clients know of a namespace; `undefined`: there is no such namespace. */
  visible(namespace: string): PublicNamespace | undefined {
    return this.#visible.get(namespace);
  }

  /** Whether a list of the public part has a name. */
  isPublic(namespace: string, list: "components" | "callables" | "errors" | "events", name: string): boolean {
    return this.#visible.get(namespace)?.[list].some((each) => each.name === name) ?? false;
  }

  enum({ namespace, name }: DeclaredType): EnumModel | undefined {
    return this.namespaces.get(namespace)?.enums.find((each) => each.name === name);
  }

  struct({ namespace, name }: DeclaredType): StructModel | undefined {
    return this.namespaces.get(namespace)?.structs.find((each) => each.name === name);
  }
}

/** Two models in comparison. */
export interface Sides {
  readonly old: Side;
  readonly now: Side;
}
