import type { EnumModel } from "../../model/model.js";
import { csharpMemberName } from "../../model/names/csharp.js";
import type { EmittedFile } from "../target.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import type { CsharpLayout } from "./layout.js";
import { block, fitOperands, separated, textLiteral } from "./print.js";
import { SCALAR_TYPES } from "./scalars.js";
import { OBSOLETE } from "./symbols.js";
import { obsolete, xmlDoc } from "./xml-doc.js";

/** `Enums/Team.cs`: the enum, and what the SDK needs to know of it. */
export function emitEnum(layout: CsharpLayout, namespace: string, declared: EnumModel): EmittedFile {
  const symbol = layout.declared(namespace, "enums", declared.name);
  const { name } = symbol;
  const file = new CsharpFile(layout.file(namespace, "enums", declared.name), layout.scope(namespace));
  const attribute = (): string => file.type(OBSOLETE);
  const values = declared.values.map((value) => [
    ...xmlDoc(value, { otherwise: `\`${value.name}\`` }),
    ...obsolete(value, attribute),
    `${csharpMemberName(value.name, "")} = ${value.value},`,
  ]);
  const help = layout.values(namespace, declared.name).name;
  const names = declared.values.map((value) => value.name).join(", ");
  file.type(symbol);
  return file.toFile(
    separated([
      [
        ...xmlDoc(declared, { otherwise: `The enum \`${declared.name}\`.` }),
        ...obsolete(declared, attribute),
        ...block(`public enum ${name} : ${SCALAR_TYPES[declared.base]}`, separated(values)),
      ],
      block(
        `internal static class ${help}`,
        separated([
          [
            `internal static readonly ${file.type(sdk("ColumnType"), name)} Column =`,
            `    ${file.type(sdk("ColumnTypes"))}.Enum<${name}>(value => (long)value, IsDeclared, ${textLiteral(names)});`,
          ],
          fitOperands(
            `private static bool IsDeclared(${name} value) => (long)value is`,
            rangePatterns(declared.values.map(({ value }) => value)),
            "or",
            ";",
            2,
          ),
          [
            `internal static void Write(${file.type(sdk("MessagePackWriter"))} writer, ${name} value) =>`,
            '    Column.Write(writer, value, "");',
          ],
        ]),
      ),
    ]),
  );
}

/** Patterns that match exactly these integers. */
function rangePatterns(integers: readonly number[]): string[] {
  const ranges: [first: number, last: number][] = [];
  for (const value of [...integers].sort((a, b) => a - b)) {
    const range = ranges[ranges.length - 1];
    if (range !== undefined && value === range[1] + 1) range[1] = value;
    else ranges.push([value, value]);
  }
  return ranges.map(([first, last]) => {
    if (first === last) return `${first}`;
    const pattern = `>= ${first} and <= ${last}`;
    return ranges.length === 1 ? pattern : `(${pattern})`;
  });
}
