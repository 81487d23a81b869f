import { durationText } from "../../../syntax/duration-text.js";
import {
  hasAttribute,
  readDuration,
  readInteger,
  readLimit,
  readName,
  readText,
} from "../../../check/attributes/read.js";
import type { CallableDeclarationNode, Namespace } from "../../../check/project.js";
import { csharpMethodName } from "../../../model/names/csharp.js";
import { typescriptMemberName } from "../../../model/names/typescript.js";
import type { Snapshot } from "../../project/snapshot.js";
import { callersInWords } from "./permission-words.js";
import { names, reachOf, usersOf } from "./reach.js";
import { docText, facts, grouped, listed, paragraphs, signature } from "./signature.js";

/** What is known of a system or an endpoint: who may call it, what it touches, how it may end. */
export function callableText(snapshot: Snapshot, callable: CallableDeclarationNode, namespace: Namespace): string {
  const { tables, rejects } = reachOf(callable, namespace);
  const copied = tables.filter((table) => table.includes(":"));
  const plain = tables.filter((table) => !table.includes(":"));
  const uses = names(callable.uses?.items);
  const emits = names(callable.emits?.items);
  return paragraphs(
    signature(callable),
    docText(callable),
    facts(
      callersInWords(callable),
      trigger(callable),
      ...conditions(callable),
      uses.length === 0 ? undefined : `Touches ${listed(uses)}.`,
      plain.length === 0 ? undefined : `Through the systems that it calls: ${listed(plain)}.`,
      copied.length === 0 ? undefined : `On separate tables: ${listed(copied)}.`,
      rejects.length === 0 ? undefined : `May reject with ${listed(rejects)}.`,
      emits.length === 0 ? undefined : `May send ${listed(emits)}.`,
      cluster(snapshot, callable, namespace.name),
      callers(callable, namespace),
      targetNames(callable),
    ),
  );
}

function trigger(callable: CallableDeclarationNode): string | undefined {
  const event = readName(callable, "on")?.value;
  if (event !== undefined) return `The engine runs it on \`${event}\`.`;
  const every = readDuration(callable, "every")?.value;
  if (every !== undefined) return `The engine runs it every ${durationText(every)}.`;
  const cron = readText(callable.attributes, "system", "cron")?.value;
  return cron === undefined ? undefined : `The engine runs it at \`${cron}\`, in UTC.`;
}

const DEFAULT_RETRIES = 9_999;

function conditions(callable: CallableDeclarationNode): (string | undefined)[] {
  const limit = readLimit(callable)?.value;
  const timeout = readDuration(callable, "timeout")?.value;
  const stale = readDuration(callable, "stale")?.value;
  const retry = readInteger(callable, "retry")?.value ?? DEFAULT_RETRIES;
  const retries =
    retry === 0
      ? "Runs once, also after a conflict."
      : `After a conflict it is run again, up to ${grouped(retry)} times.`;
  return [
    limit === undefined
      ? undefined
      : `At most ${grouped(limit.times)} ${limit.times === 1 ? "call" : "calls"} in ${durationText(limit.perMs)} for each connection.`,
    timeout === undefined ? undefined : `Ended and undone after ${durationText(timeout)}.`,
    hasAttribute(callable.attributes, "once") ? "A call that is sent again has no second effect." : undefined,
    stale === undefined
      ? undefined
      : `Only reads, from a state that is at most ${durationText(stale)} old; it never conflicts.`,
    callable.kind === "SystemDeclaration" && stale === undefined ? retries : undefined,
    callable.kind === "EndpointDeclaration" ? "No transaction: each system that it runs commits by itself." : undefined,
  ];
}

/** From the model, so only while the schema has no errors. */
function cluster(snapshot: Snapshot, callable: CallableDeclarationNode, namespace: string): string | undefined {
  if (callable.kind !== "SystemDeclaration") return undefined;
  const model = snapshot.model?.namespaces.find(({ name }) => name === namespace);
  const index = model?.systems.find(({ name }) => name === callable.name.text)?.cluster;
  const found = index === undefined ? undefined : model?.clusters[index];
  if (found === undefined) return undefined;
  return `In cluster ${index ?? 0}, with the tables ${listed(found.tables)}.`;
}

function callers(callable: CallableDeclarationNode, namespace: Namespace): string | undefined {
  const systems = usersOf(callable.name.text, "calls", namespace);
  return systems.length === 0 ? undefined : `Called by ${listed(systems)}.`;
}

/** How clients call it; those of no client have no name there. */
function targetNames(callable: CallableDeclarationNode): string | undefined {
  if (readName(callable, "permission") === undefined) return undefined;
  const name = callable.name.text;
  return `TypeScript \`${typescriptMemberName(name)}\` · C# \`${csharpMethodName(name)}\``;
}
