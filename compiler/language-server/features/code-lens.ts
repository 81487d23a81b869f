import type { CodeLens } from "vscode-languageserver-types";
import type { Namespace } from "../../check/project.js";
import { hasAttribute } from "../../check/attributes/read.js";
import type { Span } from "../../source/span.js";
import type { ComponentDeclaration, SchemaFile, SystemDeclaration } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
import { locationOf, type UriOf } from "./locations.js";
import { namespaceOf } from "./namespace-of.js";
import { positionOf, rangeOf } from "./places.js";
import { usageOf } from "./usage.js";

/** The command of the editor that a lens runs: shows places, given as `(uri, position, locations)`. */
export const SHOW_REFERENCES = "hetu.showReferences";

/** What a lens without a command is told by, so that it can be worked out when it comes into view. */
export interface LensSubject {
  readonly uri: string;
  readonly kind: Subject["kind"];
  readonly name: string;
}

type Subject = ComponentDeclaration | SystemDeclaration;

/** A lens above each component and system, empty until {@link resolveCodeLens}. */
export function codeLens(snapshot: Snapshot, path: string, uriOf: UriOf): CodeLens[] {
  return [...subjectsOf(snapshot.file(path)).values()].map(({ kind, name }) => {
    const data: LensSubject = { uri: uriOf(path), kind, name: name.text };
    return { range: rangeOf(name.span), data };
  });
}

/** What {@link codeLens} has left with a lens, when it is that. */
export function lensSubject({ data }: CodeLens): LensSubject | undefined {
  const given: unknown = data;
  if (typeof given !== "object" || given === null) return undefined;
  if (!("uri" in given && "kind" in given && "name" in given)) return undefined;
  const { uri, kind, name } = given;
  if (typeof uri !== "string" || typeof name !== "string") return undefined;
  return kind === "ComponentDeclaration" || kind === "SystemDeclaration" ? { uri, kind, name } : undefined;
}

/**
 * Says in a lens who uses a component, or who calls a system and what it touches, and the number of its cluster, as
 * `hetuc graph` prints it; without one while there are errors. Running it shows the users or callers. Of what is gone
 * by now it says nothing.
 */
export function resolveCodeLens(snapshot: Snapshot, path: string, lens: CodeLens, uriOf: UriOf): CodeLens {
  const subject = lensSubject(lens);
  const tree = snapshot.file(path);
  const declaration = subject && subjectsOf(tree).get(`${subject.kind} ${subject.name}`);
  const namespace = tree && namespaceOf(tree, snapshot.context);
  if (declaration === undefined || namespace === undefined) return { ...lens, command: { title: "", command: "" } };
  const { title, places } = summary(snapshot, declaration, namespace);
  if (places.length === 0) return { ...lens, command: { title, command: "" } };
  const { file, start } = declaration.name.span;
  const shown = [uriOf(path), positionOf(file, start), places.map((span) => locationOf(span, uriOf))];
  return { ...lens, command: { title, command: SHOW_REFERENCES, arguments: shown } };
}

function summary(
  snapshot: Snapshot,
  declaration: Subject,
  namespace: Namespace,
): { readonly title: string; readonly places: readonly Span[] } {
  const usage = usageOf(snapshot);
  const cluster = usage.clusterOf(declaration, namespace);
  const parts: string[] = [];
  let places: readonly Span[];
  if (declaration.kind === "ComponentDeclaration") {
    places = usage.usersOf(declaration);
    parts.push(places.length === 0 ? "used by no system" : `used by ${counted(places.length, "system")}`);
  } else {
    places = usage.callersOf(declaration);
    const tables = usage.tablesOf(declaration, namespace);
    if (places.length > 0) parts.push(`called by ${places.length}`);
    else if (isInternal(declaration)) parts.push("never called");
    parts.push(tables === 0 ? "touches no table" : `touches ${counted(tables, "table")}`);
  }
  if (cluster !== undefined) parts.push(`cluster ${cluster}`);
  return { title: parts.join(" · "), places };
}

const FROM_OUTSIDE = ["permission", "on", "every", "cron"];

/** Whether only other systems can call a system. */
function isInternal({ attributes }: SystemDeclaration): boolean {
  return !FROM_OUTSIDE.some((name) => hasAttribute(attributes, name));
}

const knownSubjects = new WeakMap<SchemaFile, ReadonlyMap<string, Subject>>();
const NO_SUBJECTS: ReadonlyMap<string, Subject> = new Map();

/** The first component and system of each name. Kept by file: editors ask for each lens by itself. */
function subjectsOf(tree: SchemaFile | undefined): ReadonlyMap<string, Subject> {
  if (tree === undefined) return NO_SUBJECTS;
  const before = knownSubjects.get(tree);
  if (before !== undefined) return before;
  const subjects = new Map<string, Subject>();
  for (const declaration of tree.declarations) {
    if (declaration.kind !== "ComponentDeclaration" && declaration.kind !== "SystemDeclaration") continue;
    const key = `${declaration.kind} ${declaration.name.text}`;
    if (!subjects.has(key)) subjects.set(key, declaration);
  }
  knownSubjects.set(tree, subjects);
  return subjects;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
