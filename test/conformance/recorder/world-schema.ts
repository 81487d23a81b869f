import type { EnumModel } from "../../../compiler/model/model.js";
import { publicModel } from "../../../compiler/model/public-model.js";
import { namespaceWire, type NamespaceWire } from "../../../compiler/model/wire-description.js";
import { worldModel } from "../../fixtures/world/model.js";
import { type Notation, numberNotation, objectOf } from "../notation.js";

const namespaces = publicModel(worldModel);
const namespace = namespaces.find(({ name }) => name === "world");
if (namespace === undefined) throw new Error("the fixture has no namespace world");

/** What hetu.2 numbers in the fixture. */
export const wire: NamespaceWire = namespaceWire(namespaces, namespace);

/** Enums of columns, by `Component.column`. */
const enumColumns = new Map<string, EnumModel>();
for (const { name, columns } of namespace.components) {
  for (const { name: column, type } of columns) {
    const model = type.kind === "enum" ? namespace.enums.find((each) => each.name === type.name) : undefined;
    if (model !== undefined) enumColumns.set(`${name}.${column}`, model);
  }
}

/** The file `schema.json` of the vectors. */
export const schemaNotation = {
  kind: "schema",
  about:
    "The public part of the fixture schema: what the numbers of hetu.2 stand for, and the values of its enums. " +
    "All other files are about this schema.",
  cases: [
    {
      name: "world",
      ...wire,
      enums: Object.fromEntries(
        namespace.enums.map(({ name, values }) => [
          name,
          Object.fromEntries(values.map((value) => [value.name, Number(value.value)])),
        ]),
      ),
    },
  ],
};

export function numberOfComponent(name: string): number {
  return found(
    wire.description[0].findIndex(([each]) => each === name),
    name,
  );
}

/** 0 is `id`. */
export function numberOfIndex(component: string, index: string): number {
  if (index === "id") return 0;
  const [, , indexes] = wire.description[0][numberOfComponent(component)] ?? [];
  return found(indexes?.indexOf(index) ?? -1, `${component}.${index}`) + 1;
}

export function numberOfCallable(name: string): number {
  return found(
    wire.description[1].findIndex(([each]) => each === name),
    name,
  );
}

function found(at: number, what: string): number {
  if (at < 0) throw new Error(`the fixture has no public ${what}`);
  return at;
}

/** A row as an application has it: by column, in the order of the description. What is not there is left out. */
export type RowNotation = { readonly [column: string]: Notation };

/** A row of hetu.1, a map, or of hetu.2, an array, as decoded by `readTree`. */
export function applicationRow(component: string, row: Notation): RowNotation {
  const [, columns] = wire.description[0][numberOfComponent(component)] ?? [];
  if (columns === undefined) throw new Error(`no component ${component}`);
  const map = objectOf(row);
  const values: [string, Notation][] = [];
  for (const [at, [column, type]] of ([["id", "i64"], ...columns] as const).entries()) {
    const value = map === undefined ? (row as readonly Notation[])[at] : map[column];
    if (value === undefined || value === null) continue;
    values.push([column, applicationValue(type, value, enumColumns.get(`${component}.${column}`))]);
  }
  return Object.fromEntries(values);
}

function applicationValue(type: string, value: Notation, model: EnumModel | undefined): Notation {
  const tagged = objectOf(value);
  switch (type) {
    case "i64":
    case "u64":
      return tagged === undefined ? String(value) : (tagged["$int"] as string);
    case "f32":
    case "f64": {
      const number = tagged?.["$f64"] ?? tagged?.["$f32"];
      if (number === undefined) throw new Error(`a float came as ${JSON.stringify(value)}`);
      return number;
    }
    case "bool":
      return value === true || value === 1;
    case "bytes":
      return tagged?.["$bin"] as string;
    case "enum":
      return model?.values.find((each) => Number(each.value) === value)?.name ?? value;
    default:
      return typeof value === "number" ? numberNotation(value) : value;
  }
}
