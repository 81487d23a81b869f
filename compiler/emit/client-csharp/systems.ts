import { csharpMemberName, csharpMethodName, csharpParameterName } from "../../model/names/csharp.js";
import type { PublicCallable, PublicNamespace } from "../../model/public-model.js";
import type { EmittedFile } from "../target.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import { facts } from "./facts.js";
import type { CsharpLayout } from "./layout.js";
import { block, fitList, separated, statements, textLiteral } from "./print.js";
import { CANCELLATION_TOKEN, OBSOLETE, TASK, TIME_SPAN } from "./symbols.js";
import { ValueCode } from "./value-code.js";
import { obsolete, xmlDoc, type DocParts } from "./xml-doc.js";

/** Members of the class beside the callables' own. */
const MEMBERS = ["Callables", "Scope", "Begin", "WithTimeout"];

/** `WalkingSystems.cs`: a method for each system and endpoint. */
export function emitSystems(layout: CsharpLayout, namespace: PublicNamespace): EmittedFile {
  const { name } = layout.class(namespace.name, "Systems");
  const fields = namespace.callables.map((callable) => callableField(callable.name));
  const file = new CsharpFile(layout.file(namespace.name, "Systems"), layout.scope(namespace.name), {
    members: [...MEMBERS, ...fields],
  });
  const code = new ValueCode(file, layout);
  const scope = file.type(sdk("CallScope"));
  const span = file.type(TIME_SPAN);
  return file.toFile([
    ...xmlDoc({ doc: `The systems and endpoints of \`${namespace.name}\` that users may call.` }),
    ...block(
      `public sealed class ${name} : ${file.type(sdk("SystemsBase"))}`,
      separated([
        [
          ...xmlDoc(
            { doc: "Made by the client, and by bootstrap." },
            { params: [{ name: "scope", text: "How the calls are made." }] },
          ),
          ...block([`public ${name}(${scope} scope)`, "    : base(scope)"], []),
        ],
        [
          ...xmlDoc(
            { doc: "The same calls with another time limit." },
            { params: [{ name: "timeout", text: "Until a call is given up." }] },
          ),
          `public ${name} WithTimeout(${span} timeout) => new ${name}(Scope.WithTimeout(timeout));`,
        ],
        ...namespace.callables.map((callable) => method(file, code, layout, namespace.name, callable)),
        namespace.callables.length === 0
          ? []
          : block(
              "internal static class Callables",
              separated(namespace.callables.map((callable, at) => callableMember(file, code, callable, at))),
            ),
      ]),
    ),
  ]);
}

/** The field of `Callables` that stands for a system or endpoint. */
export function callableField(name: string): string {
  return csharpMemberName(name, "Callables");
}

function method(
  file: CsharpFile,
  code: ValueCode,
  layout: CsharpLayout,
  namespace: string,
  callable: PublicCallable,
): string[] {
  const { name, params, result } = callable;
  const returned = result === undefined ? [] : [code.type(result)];
  const parameters = params.map((param) => {
    return `${code.type(param)} ${csharpParameterName(param.name)}${param.optional === true ? " = null" : ""}`;
  });
  const token = `${file.type(CANCELLATION_TOKEN)} cancellationToken = default`;
  return [
    ...xmlDoc(callable, docParts(layout, namespace, callable)),
    ...obsolete(callable, () => file.type(OBSOLETE)),
    ...block(
      fitList(`public ${file.type(TASK, ...returned)} ${csharpMethodName(name)}(`, [...parameters, token], ")", 2),
      statements([
        `var call = Begin(Callables.${callableField(name)}, ${argumentCount(params)});`,
        ...params.flatMap((_, at) => writeArgument(code, callable, at)),
        "return call.SendAsync(cancellationToken);",
      ]),
    ),
  ];
}

/** All required arguments, and the optional ones up to the last that was given. */
function argumentCount(params: PublicCallable["params"]): string {
  const optional = params.filter((param) => param.optional === true);
  const required = params.length - optional.length;
  const steps = optional.map(({ name }, at) => `${csharpParameterName(name)} != null ? ${required + at + 1} : `);
  return `${steps.reverse().join("")}${required}`;
}

function writeArgument(code: ValueCode, { name, params }: PublicCallable, at: number): string[] {
  const param = params[at];
  if (param === undefined) return [];
  const argument = csharpParameterName(param.name);
  const path = textLiteral(`${name}.${param.name}`);
  const isValue = param.type.kind === "scalar" || param.type.kind === "enum";
  const value = param.optional === true && isValue ? `${argument}.Value` : argument;
  const statement = `${code.write(param, value, path, "call.Writer")};`;
  if (param.optional !== true) return [statement];
  const later = params.slice(at + 1).map((each) => `${csharpParameterName(each.name)} != null`);
  const missing = later.length === 0 ? [] : block(`else if (${later.join(" || ")})`, ["call.Writer.WriteNil();"]);
  return [...block(`if (${argument} != null)`, [statement]), ...missing];
}

function docParts(layout: CsharpLayout, namespace: string, callable: PublicCallable): DocParts {
  const { name, params, result, rejects, once } = callable;
  return {
    otherwise: `Calls \`${name}\`.`,
    remarks: once ? ["Takes effect at most once: when the link drops, it is sent again by itself."] : [],
    params: [
      ...params.map((param) => ({
        name: csharpParameterName(param.name),
        text: [param.doc ?? `\`${param.name}\`.`, ...facts(param)].join(" "),
      })),
      { name: "cancellationToken", text: "Gives the call up." },
    ],
    ...(result === undefined ? {} : { returns: "What the server answers." }),
    exceptions: rejects.map((error) => ({
      cref: layout.declared(namespace, "errors", error).name,
      text: "The server rejects it.",
    })),
  };
}

function callableMember(file: CsharpFile, code: ValueCode, callable: PublicCallable, number: number): string[] {
  const { name, result, once } = callable;
  const type = file.type(sdk("Callable"), ...(result === undefined ? [] : [code.type(result)]));
  const args = [textLiteral(name), `${number}`];
  if (result !== undefined) args.push(`${once}`, code.reader(result.type, result.optional === true));
  else if (once) args.push("true");
  return fitList(`internal static readonly ${type} ${callableField(name)} = new ${type}(`, args, ");", 3);
}
