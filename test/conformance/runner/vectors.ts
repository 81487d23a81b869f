import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Notation } from "../notation.js";
import { repository, vectorFolder, vectorPaths } from "../recorder/vector-file.js";

/** One file of vectors as it was read; `kind` says what its cases are. */
export interface ReadFile {
  readonly path: string;
  readonly kind: string;
  readonly cases: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  /** What stands beside the cases. */
  readonly rest: Readonly<Record<string, unknown>>;
}

const folder = vectorFolder(repository);

/** All files of vectors. */
export function readVectors(): readonly ReadFile[] {
  return vectorPaths(folder).map((path) => {
    const { kind, cases, ...rest } = parse(path) as Omit<ReadFile, "path" | "rest">;
    return { path, kind, cases, rest };
  });
}

/** How many cases each file has, as the recorder has counted them. */
export function readIndex(): Readonly<Record<string, number>> {
  return parse("index.json") as Readonly<Record<string, number>>;
}

/** The fixture schema, as `schema.json` has it. */
export interface SchemaVector {
  readonly fingerprint: string;
  readonly description: readonly [
    components: readonly (readonly [string, readonly (readonly [string, string])[], readonly string[]])[],
    callables: readonly (readonly [string, readonly string[], string])[],
    errors: readonly (readonly [string, readonly (readonly [string, string])[]])[],
    events: readonly (readonly [string, readonly (readonly [string, string])[]])[],
  ];
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const schemaVector: SchemaVector = (parse("schema.json") as { readonly cases: readonly [SchemaVector] })
  .cases[0];

/** Type of a column of the fixture, `i64` for `id`. */
export function columnType(component: string, column: string): string {
  if (column === "id") return "i64";
  const columns = schemaVector.description[0].find(([name]) => name === component)?.[1];
  const type = columns?.find(([name]) => name === column)?.[1];
  if (type === undefined) throw new Error(`the fixture has no public column ${component}.${column}`);
  return type;
}

/** Types of a callable's parameters. */
export function parameterTypes(callable: string): readonly string[] {
  const found = schemaVector.description[1].find(([name]) => name === callable);
  if (found === undefined) throw new Error(`the fixture has no public callable ${callable}`);
  return found[1];
}

function parse(path: string): unknown {
  return JSON.parse(readFileSync(join(folder, path), "utf8")) as Notation;
}
