import type { CallableModel, EndpointModel, FieldModel, NamespaceModel, SystemModel } from "../../model/model.js";
import {
  typescriptContextName,
  typescriptMemberName,
  typescriptParameterName,
  typescriptTypeName,
} from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import { block, fitList, objectList, propertyKey } from "../print.js";
import type { EmittedFile } from "../target.js";
import { CODEGEN } from "./symbols.js";
import type { ServerSymbols } from "./symbols.js";
import { ValueTypes } from "./value-types.js";
import type { ValueSource } from "./value-types.js";

/** `systems/move-to.ts`: the context that the system is given, and what the runtime knows of it. */
export function emitSystem(symbols: ServerSymbols, namespace: NamespaceModel, system: SystemModel): EmittedFile {
  return emitCallable(symbols, namespace, system, system);
}

/** The same for an endpoint, whose context has no transaction. */
export function emitEndpoint(symbols: ServerSymbols, namespace: NamespaceModel, endpoint: EndpointModel): EmittedFile {
  return emitCallable(symbols, namespace, endpoint, undefined);
}

/** The type of a system's code, as a member of `Systems`. */
export function implementationMember(types: ValueTypes, namespace: NamespaceModel, callable: CallableModel): string[] {
  const context = types.file.type({
    name: typescriptContextName(callable.name),
    module: types.symbols.path(namespace.name, "systems", callable.name),
  });
  const parameters = [`ctx: ${context}`, ...parameterTypes(types, callable.params)];
  const result = `) => ${types.$}.Awaitable<${resultType(types, callable)}>;`;
  return [
    ...docComment(callable, "  "),
    ...fitList(`readonly ${typescriptMemberName(callable.name)}: (`, parameters, result, "  "),
  ];
}

function emitCallable(
  symbols: ServerSymbols,
  namespace: NamespaceModel,
  callable: CallableModel,
  system: SystemModel | undefined,
): EmittedFile {
  const context = typescriptContextName(callable.name);
  const spec = symbols.callable(namespace.name, callable.name).name;
  const file = symbols.file(symbols.path(namespace.name, "systems", callable.name), [context, spec]);
  const types = new ValueTypes(file, symbols);
  const $ = file.value(CODEGEN);
  const kind = system === undefined ? "Endpoint" : "System";
  const base = system?.staleMs === undefined ? kind : "Stale";
  file.print(
    `/** What \`${callable.name}\` may touch. */`,
    block(
      `export interface ${context} extends ${$}.${base}Context`,
      contextMembers(types, namespace, callable, system),
    ),
    "",
    `export const ${spec}: ${$}.${kind}Spec = {`,
    `  kind: "${kind.toLowerCase()}",`,
    `  name: ${JSON.stringify(callable.name)},`,
    `  implementation: ${JSON.stringify(typescriptMemberName(callable.name))},`,
    `  permission: ${JSON.stringify(callable.permission)},`,
    `  limit: ${callable.limit === undefined ? "undefined" : `{ times: ${callable.limit.times}, perMs: ${callable.limit.perMs} }`},`,
    `  timeoutMs: ${callable.timeoutMs},`,
    calls(callable),
    stringList("rejects", callable.rejects),
    system === undefined ? [] : systemMembers(system),
    `  returns: ${callable.result !== undefined},`,
    argumentsMethod(types, "read", callable),
    argumentsMethod(types, "check", callable),
    writeResult(types, callable),
    "};",
  );
  return file.toFile();
}

function contextMembers(
  types: ValueTypes,
  namespace: NamespaceModel,
  callable: CallableModel,
  system: SystemModel | undefined,
): string[] {
  const { file, symbols } = types;
  const lines: string[] = [];
  if (namespace.session.length > 0) {
    const session = file.type(symbols.session(namespace.name));
    const described = system === undefined || system.staleMs !== undefined ? `Readonly<${session}>` : session;
    lines.push("  /** What the server keeps for the connection. */", `  readonly session: ${described};`);
  }
  for (const component of system?.uses ?? []) {
    const row = file.type(symbols.declared(namespace.name, "components", component));
    const access = system?.staleMs === undefined ? "Store" : "Reader";
    lines.push(`  readonly ${typescriptTypeName(component)}: ${row}.${access};`);
  }
  if (callable.calls.length > 0) {
    lines.push("  readonly call: {", ...callable.calls.flatMap((call) => callMember(types, namespace, call)), "  };");
  }
  for (const event of system?.emits ?? []) {
    const name = file.type(symbols.declared(namespace.name, "events", event));
    lines.push(`  send(to: ${types.$}.Recipient, event: typeof ${name}, value: ${name}): void;`);
  }
  for (const error of callable.rejects) {
    const name = file.type(symbols.declared(namespace.name, "errors", error));
    lines.push(`  reject(error: typeof ${name}, fields: ${name}): never;`);
  }
  return lines;
}

function callMember(types: ValueTypes, namespace: NamespaceModel, call: CallableModel["calls"][number]): string[] {
  const called = namespace.systems.find(({ name }) => name === call.system);
  if (called === undefined) throw new Error(`the model has no system ${call.system}`);
  const result = `) => Promise<${resultType(types, called)}>;`;
  return [
    ...docComment(called, "    "),
    ...fitList(`readonly ${propertyKey(callProperty(call))}: (`, parameterTypes(types, called.params), result, "    "),
  ];
}

function callProperty(call: CallableModel["calls"][number]): string {
  const system = typescriptMemberName(call.system);
  return call.suffix === undefined ? system : `${system}:${call.suffix}`;
}

function parameterTypes(types: ValueTypes, params: readonly FieldModel[]): string[] {
  return params.map(({ name, type, optional }) => {
    return `${typescriptParameterName(name)}${optional === true ? "?" : ""}: ${types.type(type)}`;
  });
}

function resultType(types: ValueTypes, { result }: CallableModel): string {
  if (result === undefined) return "void";
  const type = types.type(result.type);
  return result.optional === true ? `${type} | undefined` : type;
}

function calls(callable: CallableModel): string[] {
  const members = callable.calls.map((call) => {
    const key = call.suffix === undefined ? call.system : `${call.system}:${call.suffix}`;
    return [
      `key: ${JSON.stringify(key)}`,
      `property: ${JSON.stringify(callProperty(call))}`,
      `system: ${JSON.stringify(call.system)}`,
      `suffix: ${JSON.stringify(call.suffix)}`,
    ];
  });
  return objectList("calls", members, "  ");
}

function systemMembers(system: SystemModel): string[] {
  const uses = system.uses.map((component) => {
    return [`property: ${JSON.stringify(typescriptTypeName(component))}`, `component: ${JSON.stringify(component)}`];
  });
  return [
    ...objectList("uses", uses, "  "),
    ...stringList("emits", system.emits),
    `  retry: ${system.retry},`,
    `  once: ${system.once === true},`,
    `  staleMs: ${system.staleMs},`,
    `  trigger: ${trigger(system)},`,
  ];
}

function trigger({ trigger: on }: SystemModel): string {
  switch (on?.kind) {
    case undefined:
      return "undefined";
    case "on":
      return `{ kind: "on", event: ${JSON.stringify(on.event)} }`;
    case "every":
      return `{ kind: "every", everyMs: ${on.everyMs} }`;
    case "cron":
      return `{ kind: "cron", expression: ${JSON.stringify(on.expression)} }`;
  }
}

function stringList(name: string, values: readonly string[]): string[] {
  return fitList(
    `${name}: [`,
    values.map((value) => JSON.stringify(value)),
    "],",
    "  ",
  );
}

function argumentsMethod(types: ValueTypes, source: Exclude<ValueSource, "bound">, callable: CallableModel): string[] {
  const { params } = callable;
  const required = params.filter(({ optional }) => optional !== true).length;
  const values = params.map((param, at) => {
    return types.checkedField(source, param, `values[${at}]`, JSON.stringify(`${callable.name}.${param.name}`));
  });
  return [
    `  ${source}Arguments(values) {`,
    `    ${types.$}.checkCount(values, ${required}, ${params.length}, ${JSON.stringify(callable.name)});`,
    ...fitList("return [", values, "];", "    "),
    "  },",
  ];
}

function writeResult(types: ValueTypes, callable: CallableModel): string[] {
  const { result } = callable;
  if (result === undefined) return ["  writeResult(_value, writer) {", '    writer.string("ok");', "  },"];
  const path = JSON.stringify(`${callable.name}()`);
  const field: FieldModel = { name: "", ...result };
  return [
    "  writeResult(value, writer) {",
    `    const result = ${types.checkedField("check", field, "value", path)};`,
    ...(result.optional === true
      ? ["    if (result === undefined) {", "      writer.nil();", "      return;", "    }"]
      : []),
    ...types.write(result.type, "result", "    "),
    "  },",
  ];
}
