import { typescriptMemberName, typescriptParameterName, typescriptTypeName } from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import { fitList } from "../print.js";
import type { ClientModule, ModuleDescription } from "./client-module.js";
import type { ClientLayout } from "./layout.js";
import type { PublicCallable, PublicNamespace } from "../../model/public-model.js";
import { ValueCode } from "./value-code.js";

/** `calls`: the interface `Calls` and how arguments and results travel. */
export function describeCalls(layout: ClientLayout, namespace: PublicNamespace): ModuleDescription {
  const calls = layout.calls(namespace.name, "Calls");
  const specs = layout.calls(namespace.name, "$callables");
  return {
    path: calls.module,
    namespace: namespace.name,
    declares: [calls.name, specs.name],
    build(module) {
      const code = new ValueCode(module, layout);
      module.types(
        `/** The systems and endpoints of ${namespace.name} that users may call. */`,
        `export interface ${calls.name} {`,
        namespace.callables.flatMap((callable) => signature(code, callable)),
        "}",
      );
      module.constant(specs.name, `{ readonly [Name in keyof ${calls.name}]: ${module.$type}.CallableSpec }`, [
        "{",
        ...namespace.callables.flatMap((callable) => callableSpec(module, code, callable)),
        "};",
      ]);
    },
  };
}

function signature(code: ValueCode, callable: PublicCallable): string[] {
  const parameters = callable.params.map(
    ({ name, type, optional }) =>
      `${typescriptParameterName(name)}${optional === true ? "?" : ""}: ${code.type(type, "in")}${optional === true ? " | undefined" : ""}`,
  );
  const { result } = callable;
  const resultType = result === undefined ? "void" : code.type(result.type, "out");
  const resolved = result?.optional === true ? `${resultType} | undefined` : resultType;
  const about = [
    ...(callable.once ? ["Takes effect at most once: when the link drops, it is sent again by itself."] : []),
    ...callable.params.flatMap(({ name, doc }) =>
      doc === undefined
        ? []
        : [`@param ${typescriptParameterName(name)} ${doc.replaceAll(/\s*[\r\n]+\s*/g, " ").replaceAll("*/", "*\\/")}`],
    ),
    ...(callable.rejects.length > 0
      ? [`@throws ${callable.rejects.map(typescriptTypeName).join(", ")} (rejects)`]
      : []),
  ];
  return [
    ...docComment(callable, "  ", about),
    ...fitList(`${methodKey(typescriptMemberName(callable.name))}(`, parameters, `): Promise<${resolved}>;`, "  "),
  ];
}

/** In an interface, `new(…)` would be a constructor. */
function methodKey(name: string): string {
  return name === "new" ? '"new"' : name;
}

function callableSpec(module: ClientModule, code: ValueCode, callable: PublicCallable): string[] {
  const { name, params, result } = callable;
  const { $ } = module;
  const required = params.filter(({ optional }) => optional !== true).length;
  const writes = params.map(({ name: param, type, optional, range }, at) => {
    const path = JSON.stringify(`${name}.${param}`);
    if (optional !== true) return `      ${code.write(type, `args[${at}]`, path, range)};`;
    return `      if (count > ${at}) ${$}.writeOptional(writer, args[${at}], ${code.writer(type, range)}, ${path});`;
  });
  return [
    `  ${typescriptMemberName(name)}: {`,
    `    name: ${JSON.stringify(name)},`,
    `    once: ${callable.once},`,
    `    write(args${params.length > 0 ? ", writer" : ""}) {`,
    `      const count = ${$}.countArguments(args, ${required}, ${params.length}, ${JSON.stringify(name)});`,
    ...writes,
    "      return count;",
    "    },",
    `    read: ${resultReader(module, code, name, result)},`,
    "  },",
  ];
}

function resultReader({ $ }: ClientModule, code: ValueCode, name: string, result: PublicCallable["result"]): string {
  // The server answers `"ok"` where there is no result.
  if (result === undefined) return "() => undefined";
  const path = JSON.stringify(`${name}()`);
  if (result.optional === true) return `(value) => ${$}.readNullable(value, ${code.reader(result.type)}, ${path})`;
  return `(value) => ${code.read(result.type, "value", path)}`;
}
