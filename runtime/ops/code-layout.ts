import type { Schema } from "../schema/schema.js";
import { packedOrder, type StoredColumn, storedColumn } from "../store/schema/stored-schema.js";

/** What of a schema decides how its rows are stored, as texts that can be sent and compared. */
export interface CodeLayout {
  readonly instance: string;
  /** By name: one text for each fact of a table. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/** @param instance `undefined`: named as the namespace. */
export function layoutOf(instance: string | undefined, schema: Schema): CodeLayout {
  const components = new Map(schema.components.map((component) => [component.name, component]));
  const tables: Record<string, readonly string[]> = {};
  for (const { name, component: componentName, cluster, backend } of schema.tables) {
    const component = components.get(componentName);
    const columns = packedOrder(component?.columns.map(storedColumn) ?? []);
    // Numbers of clusters may change when the tables in them do not.
    const [first] = schema.tables.filter((table) => table.cluster === cluster).map((table) => table.name);
    tables[name] = [
      ...columns.map(columnText),
      ...(component?.indexes ?? []).map((index) => `the ${index.unique ? "unique " : ""}index ${index.name}`),
      ...(component?.volatile === true ? ["@volatile"] : []),
      ...(backend === undefined ? [] : [`@backend(${backend})`]),
      ...(first === undefined || first === name ? [] : [`transactions together with ${first}`]),
    ];
  }
  return { instance: instance ?? schema.namespace, tables };
}

function columnText({ name, storage, values }: StoredColumn): string {
  return `the column ${name}: ${storage}${values === undefined ? "" : ` ${JSON.stringify(values)}`}`;
}

/** @returns a sentence for each difference, without a full stop. */
export function layoutChanges(current: readonly CodeLayout[], next: readonly CodeLayout[]): readonly string[] {
  return next.flatMap(({ instance, tables }) => {
    const before = current.find((layout) => layout.instance === instance)?.tables;
    if (before === undefined) return [`${instance} is no instance of the code that is served`];
    const names = [...new Set([...Object.keys(before), ...Object.keys(tables)])];
    return names.flatMap((name) => tableChanges(name, before[name], tables[name]));
  });
}

function tableChanges(
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] {
  if (before === undefined) return [`${name} is new`];
  if (after === undefined) return [`${name} is gone`];
  const gone = before.filter((fact) => !after.includes(fact)).map((fact) => `${name} had ${fact}`);
  const come = after.filter((fact) => !before.includes(fact)).map((fact) => `${name} has ${fact} now`);
  if (gone.length + come.length > 0) return [...gone, ...come];
  return before.join() === after.join() ? [] : [`the columns of ${name} are in another order`];
}
