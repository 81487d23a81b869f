import type { Change } from "../../diff/change.js";
import type { ChangeKind } from "../../diff/change-kind.js";
import { modelOfDescription, publicPart } from "../../diff/description-model.js";
import { diffModels } from "../../diff/diff-models.js";
import { locate } from "../../diff/locate.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Model } from "../../model/model.js";
import { compileSources } from "../../pipeline.js";
import type { Span } from "../../source/span.js";
import type { SchemaFile } from "../../syntax/tree.js";
import { UsageError } from "../usage-error.js";
import type { SchemaSide } from "./schema-side.js";

/** A change with its place in the new sources, where there are any. */
export interface PlacedChange {
  readonly change: Change;
  readonly span?: Span;
}

export type Comparison =
  | {
      readonly ok: true;
      readonly changes: readonly PlacedChange[];
      readonly publicOnly: boolean;
      /** Namespaces of one side that the other one, a running server, does not serve: they were left out. */
      readonly notServed: readonly string[];
    }
  /** The new schema does not compile. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Compares two sides. Where one is only the public part of a namespace, the other is reduced to that.
 *
 * @throws UsageError when the old schema does not compile, or a server's namespace cannot be told.
 */
export function compare(old: SchemaSide, now: SchemaSide): Comparison {
  const before = compiled(old);
  const after = compiled(now);
  if (before.model === undefined && old.kind === "sources") throw doesNotCompile(old.name, before.diagnostics);
  if (after.model === undefined && now.kind === "sources") return { ok: false, diagnostics: after.diagnostics };
  const described = [old, now].find((side) => side.kind === "description");
  const pair =
    described === undefined
      ? { old: before.model, now: after.model }
      : reduced([old, before.model], [now, after.model], described.instance);
  if (pair.old === undefined || pair.now === undefined) throw new Error("a side of the comparison has no model");
  const notServed = [...beyond(pair.now, old, pair.old), ...beyond(pair.old, now, pair.now)];
  const changes = diffModels(pair.old, pair.now)
    .filter(({ kind, namespace }) => !(isOfNamespaces(kind) && notServed.includes(namespace)))
    .map((change): PlacedChange => {
      const span = locate(change, after.trees);
      return span === undefined ? { change } : { change, span };
    });
  return { ok: true, changes, publicOnly: described !== undefined, notServed };
}

/** What a model has beside that of a running server. */
function beyond({ namespaces }: Model, side: SchemaSide, served: Model): readonly string[] {
  if (side.kind !== "model" || side.isServed !== true) return [];
  const names = new Set(served.namespaces.map(({ name }) => name));
  return namespaces.map(({ name }) => name).filter((name) => !names.has(name));
}

function isOfNamespaces(kind: ChangeKind): boolean {
  return kind === "namespace-added" || kind === "namespace-removed";
}

interface Compiled {
  readonly model: Model | undefined;
  readonly trees: readonly SchemaFile[];
  readonly diagnostics: readonly Diagnostic[];
}

function compiled(side: SchemaSide): Compiled {
  if (side.kind === "sources") {
    const { model, trees, diagnostics } = compileSources(side.sources);
    return { model, trees, diagnostics };
  }
  return { model: side.kind === "model" ? side.model : undefined, trees: [], diagnostics: [] };
}

type Half = readonly [side: SchemaSide, model: Model | undefined];

function reduced(old: Half, now: Half, instance: string): { readonly old: Model; readonly now: Model } {
  const models = [old[1], now[1]].filter((model) => model !== undefined);
  const namespace = models.map((model) => namespaceFor(model, instance)).find((name) => name !== undefined) ?? instance;
  const part = ([side, model]: Half): Model => {
    if (side.kind === "description") return modelOfDescription(namespace, side.description);
    const found = model === undefined ? undefined : publicPart(model, namespace);
    if (found !== undefined) return found;
    const names = model?.namespaces.map(({ name }) => name).join(", ") ?? "none";
    throw new UsageError(
      `${side.name} has no namespace ${instance}, which the server serves; it has ${names}`,
      "an instance can be called otherwise than its namespace; compare with the operations port then: http://host:9466",
    );
  };
  return { old: part(old), now: part(now) };
}

/** The namespace that an instance serves: that of its name, or the only one. */
function namespaceFor({ namespaces }: Model, instance: string): string | undefined {
  const [only, ...more] = namespaces;
  if (namespaces.some(({ name }) => name === instance)) return instance;
  return more.length === 0 ? only?.name : undefined;
}

function doesNotCompile(name: string, diagnostics: readonly Diagnostic[]): UsageError {
  const [first] = diagnostics.filter(({ severity }) => severity === "error");
  const place =
    first === undefined ? "" : `${first.span.file.path}:${first.span.file.position(first.span.start).line}: `;
  return new UsageError(
    `the old schema, ${name}, does not compile: ${place}${first?.message ?? "it has errors"}`,
    "compare with the schema.json that was built from it",
  );
}
