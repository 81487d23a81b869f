import type {
  ColumnModel,
  ColumnTypeModel,
  ComponentModel,
  FieldModel,
  Model,
  NamespaceModel,
  ScalarName,
  SystemModel,
  TypeModel,
} from "../../../compiler/model/model.js";

/** Short spellings of parts of a model. */
export function scalar(name: ScalarName): Extract<TypeModel, { kind: "scalar" }> {
  return { kind: "scalar", name };
}

export function text(max: number): Extract<TypeModel, { kind: "string" }> {
  return { kind: "string", max };
}

export function field(name: string, type: TypeModel, more: Partial<FieldModel> = {}): FieldModel {
  return { name, type, ...more };
}

export function column(name: string, type: ColumnTypeModel, more: Partial<ColumnModel> = {}): ColumnModel {
  return { name, type, visibility: "public", ...more };
}

export function component(
  name: string,
  columns: readonly ColumnModel[],
  more: Partial<ComponentModel> = {},
): ComponentModel {
  return { name, columns, indexes: [], access: { readers: "admin", rules: [] }, copies: [], ...more };
}

export function system(name: string, more: Partial<SystemModel> = {}): SystemModel {
  return { name, params: [], calls: [], rejects: [], uses: [], emits: [], retry: 9999, ...more };
}

export function namespace(name: string, more: Partial<NamespaceModel> = {}): NamespaceModel {
  return {
    name,
    fingerprint: "f".repeat(64),
    enums: [],
    structs: [],
    components: [],
    errors: [],
    events: [],
    session: [],
    systems: [],
    endpoints: [],
    clusters: [],
    ...more,
  };
}

export function model(...namespaces: NamespaceModel[]): Model {
  return { format: 1, fingerprint: "f".repeat(64), namespaces };
}
