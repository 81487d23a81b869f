import { csharpColumnName, csharpMemberName } from "../../model/names/csharp.js";
import type { PublicComponent } from "../../model/public-model.js";
import type { EmittedFile } from "../target.js";
import { ID, type CsharpColumn } from "./column.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import { columnFacts } from "./facts.js";
import { indexClass } from "./indexes.js";
import type { CsharpLayout } from "./layout.js";
import { block, fitList, separated, textLiteral } from "./print.js";
import { IEQUATABLE, OBSOLETE } from "./symbols.js";
import { ValueCode } from "./value-code.js";
import { valueMembers, type Property } from "./value-members.js";
import { obsolete, xmlDoc } from "./xml-doc.js";

/** Members of a row beside its columns, and what its nested classes inherit. */
const ROW_MEMBERS =
  "WireCodec Index Copies Instance Create Copy Read Same Name BaseName Number Columns IsCopy Table".split(" ");

/** `Components/Position.cs`: the row, its indexes, and what reads it. */
export function emitComponent(
  layout: CsharpLayout,
  namespace: string,
  declared: PublicComponent,
  number: number,
): EmittedFile {
  const { name } = layout.declared(namespace, "components", declared.name);
  const columns: readonly CsharpColumn[] = declared.columns.map((column) => {
    return { ...column, property: csharpColumnName(column.name, name), optional: column.visibility !== "public" };
  });
  const members = [...columns.map(({ property }) => property), ...ROW_MEMBERS];
  const file = new CsharpFile(layout.file(namespace, "components", declared.name), layout.scope(namespace), {
    members,
  });
  const code = new ValueCode(file, layout);
  if (columns.some(({ deprecated }) => deprecated !== undefined)) file.mentionDeprecated();
  const properties: Property[] = [ID, ...columns].map(({ property, type, optional }) => ({
    name: property,
    type,
    optional,
  }));
  return file.toFile([
    ...xmlDoc(declared, { otherwise: `A row of \`${declared.name}\`.` }),
    ...obsolete(declared, () => file.type(OBSOLETE)),
    `[${file.type(sdk("Preserve"))}]`,
    ...block(
      `public sealed class ${name} : ${file.type(sdk("IRow"))}, ${file.type(IEQUATABLE, name)}`,
      separated([
        block(`private ${name}(long id)`, ["Id = id;"]),
        ["/// <summary>The primary key, given by the server.</summary>", "public long Id { get; }"],
        ...columns.map((column) => columnProperty(file, code, column)),
        valueMembers(file, name, properties, "Id.GetHashCode()"),
        indexClass(file, code, name, declared, [ID, ...columns]),
        copiesClass(file, name, declared),
        codecClass(file, code, name, declared.name, number, columns),
      ]),
    ),
  ]);
}

function columnProperty(file: CsharpFile, code: ValueCode, column: CsharpColumn): string[] {
  const initial = code.initial(column);
  return [
    ...xmlDoc(column, { otherwise: `Column \`${column.name}\`.`, remarks: columnFacts(column) }),
    ...obsolete(column, () => file.type(OBSOLETE)),
    `public ${code.type(column)} ${column.property} { get; private set; }${initial === undefined ? "" : ` = ${initial};`}`,
  ];
}

function codecClass(
  file: CsharpFile,
  code: ValueCode,
  row: string,
  component: string,
  number: number,
  columns: readonly CsharpColumn[],
): string[] {
  const column = file.type(sdk("ColumnSpec"));
  const specs = columns.map(({ name, type, optional }) => {
    return `new ${column}(${textLiteral(name)}, ${code.columnKind(type)}${optional ? ", true" : ""})`;
  });
  const sections = columns.flatMap(({ name, property, type, optional }, at) => [
    `case ${at}:`,
    `    row.${property} = ${optional ? code.readOptional(type, name) : code.read(type, name)};`,
    "    break;",
  ]);
  return block(
    `internal sealed class WireCodec : ${file.type(sdk("ComponentType"), row)}`,
    separated([
      ["internal static readonly WireCodec Instance = new WireCodec();"],
      block(
        [
          "private WireCodec()",
          ...fitList("    : base(", [textLiteral(component), `${number}`, ...specs], ")", 3).map((line, at) =>
            at === 0 ? line : `    ${line}`,
          ),
        ],
        [],
      ),
      [`public override bool Same(${row} a, ${row} b) => a.Equals(b);`],
      [`protected override ${row} Create(long id) => new ${row}(id);`],
      [`protected override ${row} Copy(${row} row) => (${row})row.MemberwiseClone();`],
      block(
        `protected override void Read(${row} row, int column, ref ${file.type(sdk("MessagePackReader"))} reader)`,
        sections.length === 0 ? [] : block("switch (column)", sections),
      ),
    ]),
  );
}

/** The nested class `Copies` of a row: its separate tables, for `client.Query`. */
function copiesClass(file: CsharpFile, row: string, { name, copies }: PublicComponent): string[] {
  if (copies.length === 0) return [];
  const taken = new Set<string>();
  const type = file.type(sdk("ComponentType"), row);
  const members = copies.map((suffix) => {
    let property = csharpMemberName(suffix, "Copies");
    while (taken.has(property)) property = `_${property}`;
    taken.add(property);
    return [
      `/// <summary>The table <c>${name}:${suffix}</c>.</summary>`,
      `public static ${type} ${property} { get; } = WireCodec.Instance.Table(${textLiteral(suffix)});`,
    ];
  });
  return [
    `/// <summary>Separate tables of <see cref="${row}"/>: <c>client.Query(${row}.Copies.…)</c>.</summary>`,
    ...block("public static class Copies", separated(members)),
  ];
}
