import type { NamespaceModel, SessionFieldModel } from "../../model/model.js";
import { typescriptMemberName } from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import { block, fitList, objectList } from "../print.js";
import type { EmittedFile } from "../target.js";
import { namespaceFolder } from "./symbols.js";
import type { ServerSymbols } from "./symbols.js";
import { implementationMember } from "./system.js";
import { ValueTypes } from "./value-types.js";

/** `session.ts`: what `ctx.session` is. Only for namespaces that have a session. */
export function emitSession(symbols: ServerSymbols, namespace: NamespaceModel): EmittedFile {
  const { name, module } = symbols.session(namespace.name);
  const file = symbols.file(module, [name, "$session"]);
  const types = new ValueTypes(file, symbols);
  file.print(
    "/** What the server keeps for each connection. A value that is not set hides what a rule compares with it. */",
    `export interface ${name} {`,
    namespace.session.flatMap((field) => [
      ...docComment(field, "  "),
      `  ${typescriptMemberName(field.name)}?: ${types.type(field.type)} | undefined;`,
    ]),
    "}",
    "",
    `export const $session: readonly ${types.$}.SessionFieldSpec[] = [`,
    namespace.session.flatMap((field) => sessionField(types, field)),
    "];",
  );
  return file.toFile();
}

function sessionField(types: ValueTypes, field: SessionFieldModel): string[] {
  return [
    "  {",
    `    name: ${JSON.stringify(field.name)},`,
    `    property: ${JSON.stringify(typescriptMemberName(field.name))},`,
    `    check: (value) => ${types.checked("check", field.type, "value", JSON.stringify(`session.${field.name}`))},`,
    "  },",
  ];
}

/** `schema.ts`: everything together, and the type of the code that `implement` asks for. */
export function emitSchema(symbols: ServerSymbols, namespace: NamespaceModel): EmittedFile {
  const file = symbols.file(`${namespaceFolder(namespace.name)}/schema.ts`, ["Systems", "schema"]);
  const types = new ValueTypes(file, symbols);
  const { name } = namespace;
  const list = (property: string, values: readonly string[]): string[] => fitList(`${property}: [`, values, "],", "  ");
  const call = (property: string, callee: string, values: readonly string[]): string[] =>
    fitList(`${property}: ${callee}(`, values, "),", "  ");
  const model = file.value({ name: "model", module: `${namespaceFolder(name)}/model.ts` });
  const wire = file.value({ name: "wire", module: `${namespaceFolder(name)}/wire.ts` });
  const session =
    namespace.session.length === 0 ? "[]" : file.value({ name: "$session", module: symbols.session(name).module });
  file.print(
    "/** The code of all systems and endpoints, as `implement` takes it. */",
    block(
      "export interface Systems",
      [...namespace.systems, ...namespace.endpoints].flatMap((callable) =>
        implementationMember(types, namespace, callable),
      ),
    ),
    "",
    `export const schema: ${types.$}.Schema<Systems> = {`,
    `  namespace: ${JSON.stringify(name)},`,
    `  fingerprint: ${JSON.stringify(namespace.fingerprint)},`,
    model === "model" ? "  model," : `  model: ${model},`,
    wire === "wire" ? "  wire," : `  wire: ${wire},`,
    call(
      "components",
      `${types.$}.componentList`,
      namespace.components.map((each) => `${file.value(symbols.declared(name, "components", each.name))}.$codec`),
    ),
    objectList("tables", tables(namespace), "  "),
    list(
      "systems",
      namespace.systems.map((each) => file.value(symbols.callable(name, each.name))),
    ),
    list(
      "endpoints",
      namespace.endpoints.map((each) => file.value(symbols.callable(name, each.name))),
    ),
    call(
      "errors",
      `${types.$}.messageList`,
      namespace.errors.map((each) => file.value(symbols.declared(name, "errors", each.name))),
    ),
    call(
      "events",
      `${types.$}.messageList`,
      namespace.events.map((each) => file.value(symbols.declared(name, "events", each.name))),
    ),
    `  session: ${session},`,
    // Of what the compiler accepts, the runtime runs everything.
    "  notYet: [],",
    "};",
  );
  return file.toFile();
}

function tables(namespace: NamespaceModel): string[][] {
  const clusters = tableClusters(namespace);
  return namespace.components.flatMap(({ name, copies, backend }) =>
    [undefined, ...copies].map((suffix) => {
      const table = suffix === undefined ? name : `${name}:${suffix}`;
      return [
        `name: ${JSON.stringify(table)}`,
        `component: ${JSON.stringify(name)}`,
        `suffix: ${JSON.stringify(suffix)}`,
        `cluster: ${clusters.get(table) ?? 0}`,
        `backend: ${JSON.stringify(backend)}`,
      ];
    }),
  );
}

/** The clusters of the model, then one for each backend with the tables that no system touches. */
function tableClusters({ clusters, components }: NamespaceModel): ReadonlyMap<string, number> {
  const numbers = new Map(clusters.flatMap(({ tables }, number) => tables.map((table) => [table, number] as const)));
  const idle = new Map<string | undefined, number>();
  for (const { name, backend } of components) {
    if (numbers.has(name)) continue;
    const number = idle.get(backend) ?? clusters.length + idle.size;
    idle.set(backend, number);
    numbers.set(name, number);
  }
  return numbers;
}
