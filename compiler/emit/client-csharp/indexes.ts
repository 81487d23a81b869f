import type { IndexModel } from "../../model/model.js";
import type { PublicComponent } from "../../model/public-model.js";
import { CSHARP_MEMBERS } from "../../model/names/reserved-csharp.js";
import type { CsharpColumn } from "./column.js";
import { sdk, type CsharpFile } from "./csharp-file.js";
import { block, call, indent, separated, textLiteral } from "./print.js";
import { SCALAR_TYPES } from "./scalars.js";
import type { ValueCode } from "./value-code.js";

/** An index has types for so many columns; those behind them only take part in its order. */
const MOST_TYPED = 4;

interface CsharpIndex {
  readonly name: string;
  readonly property: string;
  readonly unique: boolean;
  readonly columns: readonly CsharpColumn[];
}

/** The nested class `Index` of a row: what queries may ask for. */
export function indexClass(
  file: CsharpFile,
  code: ValueCode,
  row: string,
  component: PublicComponent,
  columns: readonly CsharpColumn[],
): string[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const indexes = nameIndexes(
    [{ name: "id", columns: ["id"], unique: true }, ...component.indexes],
    (name) => byName.get(name) as CsharpColumn,
  );
  return [
    `/// <summary>The indexes of <see cref="${row}"/>, for queries.</summary>`,
    ...block(
      "public static class Index",
      separated(indexes.map((index, at) => indexMember(file, code, row, index, at))),
    ),
  ];
}

/** Gives each index a name: that of its column, or those of its columns joined. */
function nameIndexes(indexes: readonly IndexModel[], columnOf: (name: string) => CsharpColumn): CsharpIndex[] {
  // What `Index` is called, and what every class has.
  const taken = new Set<string>(["Index", ...CSHARP_MEMBERS]);
  const resolved = indexes.map((index) => ({ ...index, columns: index.columns.map(columnOf) }));
  for (const { columns } of resolved) if (columns.length === 1 && columns[0]) taken.add(columns[0].property);
  return resolved.map(({ name, unique, columns }) => {
    const parts = columns.map(({ property }) => property);
    const [first = ""] = parts;
    if (parts.length === 1) return { name, unique, columns, property: first };
    let property = parts.join("");
    // `a_b` with `c`, and `a` with `b_c`, both give `ABC`.
    if (taken.has(property)) property = parts.join("_");
    while (taken.has(property)) property = `_${property}`;
    taken.add(property);
    return { name, unique, columns, property };
  });
}

function indexMember(file: CsharpFile, code: ValueCode, row: string, index: CsharpIndex, number: number): string[] {
  const typed = index.columns.slice(0, MOST_TYPED);
  const types = typed.map(({ type }) => code.type({ type }));
  const type = file.type(sdk(index.unique ? "UniqueIndex" : "Index"), row, ...types);
  const names = index.columns.map(({ name }) => `<c>${name}</c>`).join(", then ");
  return [
    `/// <summary>By ${names}${index.unique ? "; unique" : ""}.</summary>`,
    `public static ${type} ${index.property} { get; } =`,
    ...indent(
      call(
        `new ${type}`,
        [
          [textLiteral(index.name)],
          [`${number}`],
          orderLambda(index.columns.map((column) => compareCode(file, code, column))),
          ...typed.map((column) => [code.columnType(column.type)]),
        ],
        ";",
      ),
    ),
  ];
}

/** Compares two rows column by column. */
function orderLambda(comparisons: readonly string[]): string[] {
  const [first = "0", ...rest] = comparisons;
  const last = rest.pop();
  if (last === undefined) return [`(a, b) => ${first}`];
  return block("(a, b) =>", [
    `var order = ${first};`,
    ...rest.map((comparison) => `if (order == 0) order = ${comparison};`),
    `return order != 0 ? order : ${last};`,
  ]);
}

/** An expression that orders two rows by one column, as the server's indexes do. */
function compareCode(file: CsharpFile, code: ValueCode, { property, type }: CsharpColumn): string {
  if (type.kind === "string") return `${file.value(sdk("TextOrder"))}.Compare(a.${property}, b.${property})`;
  if (type.kind !== "enum") return `a.${property}.CompareTo(b.${property})`;
  const base = SCALAR_TYPES[code.base(type)];
  return `((${base})a.${property}).CompareTo((${base})b.${property})`;
}
