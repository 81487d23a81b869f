import type { ColumnModel, ComponentModel, NamespaceModel } from "../../model/model.js";
import { typescriptMemberName, typescriptTypeName } from "../../model/names/typescript.js";
import { defaultValue } from "./literals.js";
import type { ServerSymbols } from "./symbols.js";
import { ValueTypes } from "./value-types.js";

/** A column and what it is called in the row class. */
export interface ColumnNames {
  readonly column: ColumnModel;
  /** The accessor. */
  readonly property: string;
  /** The private field behind it. */
  readonly field: string;
  /** As errors call it. */
  readonly path: string;
  /** Whether a row may still lack it: there is no default. */
  readonly required: boolean;
  readonly indexed: boolean;
}

/** A component with everything that the printers of its parts need. */
export interface ComponentParts {
  readonly component: ComponentModel;
  readonly name: string;
  /** The row class as types within its namespace call it. */
  readonly rowType: string;
  readonly types: ValueTypes;
  readonly columns: readonly ColumnNames[];
  /** The same columns as packed rows have them: fixed widths first. */
  readonly packed: readonly ColumnNames[];
}

/** Types that `declare namespace Position` declares: within it they hide what the file calls so. */
const NAMESPACE_TYPES: readonly string[] = ["Fields", "Insert", "Patch", "Key", "Reader", "Store"];

/** Starts the file of a component and names its parts. */
export function componentParts(
  symbols: ServerSymbols,
  namespace: NamespaceModel,
  component: ComponentModel,
): ComponentParts {
  const name = typescriptTypeName(component.name);
  const file = symbols.file(symbols.path(namespace.name, "components", component.name), [name, ...NAMESPACE_TYPES]);
  const columns = component.columns.map((column) => columnNames(component, column));
  const packed = [...columns.filter(isFixed), ...columns.filter((column) => !isFixed(column))];
  const rowType = NAMESPACE_TYPES.includes(name) ? "$Row" : name;
  return { component, name, rowType, types: new ValueTypes(file, symbols), columns, packed };
}

/** The check of an assignment; NaN is refused where an index needs an order. */
export function checkedColumn(types: ValueTypes, { column, path, indexed }: ColumnNames, value: string): string {
  const { type } = column;
  if (indexed && type.kind === "scalar" && (type.name === "f32" || type.name === "f64")) {
    const plain = `${types.$}.checkIndexed${type.name.toUpperCase()}(${value}, ${path})`;
    if (column.range === undefined) return plain;
    return `${types.$}.checkRange(${plain}, ${column.range.min}, ${column.range.max}, ${path})`;
  }
  return types.checked("check", type, value, path, column.range);
}

/** The default of a column as an expression; `undefined` for a column without. */
export function columnDefault(parts: ComponentParts, { column }: ColumnNames): string {
  return column.default === undefined ? "undefined" : defaultValue(parts.types, column.type, column.default);
}

/** What each column of a component is called. */
function columnNames(component: ComponentModel, column: ColumnModel): ColumnNames {
  const property = typescriptMemberName(column.name);
  return {
    column,
    property,
    // The base class has a `$tracker` of its own.
    field: property === "tracker" ? "$$tracker" : `$${property}`,
    path: JSON.stringify(`${component.name}.${column.name}`),
    required: column.default === undefined,
    indexed: component.indexes.some((index) => index.columns.includes(column.name)),
  };
}

function isFixed({ column }: ColumnNames): boolean {
  return column.type.kind === "scalar" || column.type.kind === "enum";
}
