import { formerNames, hasAttribute, readName } from "../../../check/attributes/read.js";
import { declaredIndexes } from "../../../check/indexes.js";
import type { ComponentDeclaration } from "../../../syntax/tree.js";
import type { Namespace } from "../../../check/project.js";
import type { Snapshot } from "../../project/snapshot.js";
import { formerNamesText } from "./former-names.js";
import { readersInWords } from "./permission-words.js";
import { usersOf } from "./reach.js";
import { docText, facts, grouped, listed, paragraphs, signature } from "./signature.js";
import { mostBytes } from "./target-types.js";

const ID_BYTES = 8;

/** What is known of a component: who reads it, where it is kept, what it is together with. */
export function componentText(snapshot: Snapshot, component: ComponentDeclaration, namespace: Namespace): string {
  return paragraphs(
    signature(component),
    docText(component),
    facts(
      readersInWords(component),
      storage(component),
      cluster(snapshot, component.name.text, namespace.name),
      users(component, namespace),
      indexes(component),
      `A row takes at most ${grouped(rowBytes(snapshot, component, namespace))} bytes, its \`id\` among them.`,
      copies(component.name.text, namespace),
      formerName(component),
    ),
  );
}

function storage(component: ComponentDeclaration): string {
  const backend = readName(component, "backend")?.value;
  const store = backend === undefined ? "Kept in the default store" : `Kept in the store \`${backend}\``;
  return hasAttribute(component.attributes, "volatile")
    ? `${store}, until the server instance starts fresh or migrates.`
    : `${store}, for good.`;
}

/** From the model, so only while the schema has no errors. */
function cluster(snapshot: Snapshot, name: string, namespace: string): string | undefined {
  const clusters = snapshot.model?.namespaces.find((each) => each.name === namespace)?.clusters ?? [];
  const index = clusters.findIndex(({ tables }) => tables.includes(name));
  const found = clusters[index];
  if (found === undefined) return undefined;
  const tables = found.tables.filter((table) => table !== name);
  const beside = tables.length === 0 ? "no other component" : listed(tables);
  return `In cluster ${index}, with ${beside}; systems: ${listed(found.systems)}.`;
}

function users(component: ComponentDeclaration, namespace: Namespace): string {
  const systems = usersOf(component.name.text, "uses", namespace);
  return systems.length === 0 ? "No system uses it." : `Used by ${listed(systems)}.`;
}

function indexes(component: ComponentDeclaration): string {
  const declared = declaredIndexes(component).map(({ fields, unique }) => {
    const columns = fields.map(({ name }) => name.text).join(", ");
    return unique ? `\`${columns}\` (unique)` : `\`${columns}\``;
  });
  const most = 8;
  const shown = declared.slice(0, most).join(", ");
  const more = declared.length > most ? ` and ${declared.length - most} more` : "";
  return declared.length === 0 ? "Indexed by `id` only." : `Indexed by \`id\`, ${shown}${more}.`;
}

function rowBytes({ context }: Snapshot, component: ComponentDeclaration, namespace: Namespace): number {
  return component.fields.reduce((sum, { type }) => sum + mostBytes(context.type(type, namespace)), ID_BYTES);
}

function copies(name: string, namespace: Namespace): string | undefined {
  const suffixes = new Set<string>();
  for (const callable of namespace.callables.values()) {
    for (const { system, suffix } of callable.calls?.items ?? []) {
      if (suffix !== undefined && reaches(system.name.text, name, namespace)) suffixes.add(suffix.text);
    }
  }
  if (suffixes.size === 0) return undefined;
  return `Separate tables: ${listed([...suffixes].map((suffix) => `${name}:${suffix}`))}.`;
}

/** Whether a system or what it calls uses a component. */
function reaches(system: string, component: string, namespace: Namespace): boolean {
  const seen = new Set<string>();
  const pending = [system];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const called = namespace.callables.get(next);
    if (called === undefined || seen.has(next)) continue;
    seen.add(next);
    if (called.uses?.items.some(({ name }) => name.text === component) === true) return true;
    pending.push(...(called.calls?.items ?? []).map((each) => each.system.name.text));
  }
  return false;
}

function formerName(component: ComponentDeclaration): string | undefined {
  return formerNamesText(formerNames(component.attributes, "component"));
}
