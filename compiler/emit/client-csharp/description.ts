import type { FieldDescription, MessageDescription, NamespaceWire } from "../../model/wire-description.js";
import { sdk, type CsharpFile } from "./csharp-file.js";
import { block, call, textLiteral, type Lines } from "./print.js";
import { ARRAY } from "./symbols.js";

/** The description of hetu.2 as an expression that makes it. */
export function describeWire(file: CsharpFile, { description }: NamespaceWire): Lines {
  const [components, callables, errors, events] = description;
  return call(
    `new ${file.type(sdk("WireDescription"))}`,
    [
      objects(
        file,
        "DescribedComponent",
        components.map(([name, columns, indexes]) => [
          [textLiteral(name)],
          fieldArray(file, columns),
          texts(file, indexes),
        ]),
      ),
      objects(
        file,
        "DescribedCallable",
        callables.map(([name, params, result]) => [[textLiteral(name)], texts(file, params), [textLiteral(result)]]),
      ),
      messages(file, errors),
      messages(file, events),
    ],
    ";",
  );
}

/** An array with one expression a line, or more lines for one expression. */
export function array(file: CsharpFile, type: string, items: readonly Lines[]): Lines {
  if (items.length === 0) return [`${file.value(ARRAY)}.Empty<${type}>()`];
  return block(
    `new ${type}[]`,
    items.flatMap((lines) => lines.map((line, at) => (at === lines.length - 1 ? `${line},` : line))),
  );
}

function messages(file: CsharpFile, list: readonly MessageDescription[]): Lines {
  return objects(
    file,
    "DescribedMessage",
    list.map(([name, fields]) => [[textLiteral(name)], fieldArray(file, fields)]),
  );
}

function objects(file: CsharpFile, name: string, list: readonly (readonly Lines[])[]): Lines {
  const type = file.type(sdk(name));
  return array(
    file,
    type,
    list.map((args) => call(`new ${type}`, args)),
  );
}

function fieldArray(file: CsharpFile, fields: readonly FieldDescription[]): Lines {
  const type = file.type(sdk("DescribedField"));
  return array(
    file,
    type,
    fields.map(([name, text]) => [`new ${type}(${textLiteral(name)}, ${textLiteral(text)})`]),
  );
}

function texts(file: CsharpFile, values: readonly string[]): Lines {
  if (values.length === 0) return [`${file.value(ARRAY)}.Empty<string>()`];
  return [`new[] { ${values.map(textLiteral).join(", ")} }`];
}
