import type { StructModel, TypeModel } from "../model/model.js";

type DeclaredType = Extract<TypeModel, { kind: "enum" | "struct" }>;

/** Enums and structs that fields mention, directly or through lists and structs. */
export class TypesWithin {
  readonly #names = new Set<string>();
  readonly #find: (type: DeclaredType) => StructModel | undefined;

  /** @param find the struct that a type names. */
  constructor(find: (type: DeclaredType) => StructModel | undefined) {
    this.#find = find;
  }

  addAll(fields: readonly { readonly type: TypeModel }[]): void {
    for (const { type } of fields) this.#add(type);
  }

  has(namespace: string, name: string): boolean {
    return this.#names.has(`${namespace}.${name}`);
  }

  #add(type: TypeModel): void {
    if (type.kind === "array") this.#add(type.of);
    if (type.kind !== "enum" && type.kind !== "struct") return;
    const key = `${type.namespace}.${type.name}`;
    if (this.#names.has(key)) return;
    this.#names.add(key);
    this.addAll(this.#find(type)?.fields ?? []);
  }
}
