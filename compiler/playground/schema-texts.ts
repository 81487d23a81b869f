/** The files of a schema by path, in the order of their paths: the order in which `hetuc` reads them. */
export type SchemaTexts = readonly (readonly [path: string, text: string])[];

/** Characters of a path. */
export const PATH_MAX = 120;

const ENDING = ".hetu";

export type PathProblem = "ending" | "signs" | "length";

/**
 * What is wrong with the path of a schema file; `undefined` when nothing is. What is allowed is a file's name on every
 * system, below the folder that it is unpacked in.
 */
export function pathProblem(path: string): PathProblem | undefined {
  if (path.length > PATH_MAX) return "length";
  if (!path.endsWith(ENDING)) return "ending";
  if (/[\\:*?"<>|\p{Cc}]/u.test(path)) return "signs";
  const isPlain = (step: string): boolean => step.trim() === step && !["", ".", "..", ENDING].includes(step);
  return path.split("/").every(isPlain) ? undefined : "signs";
}

/** @returns files in the order of their paths, as `hetuc build` sorts them. */
export function inOrder(files: Iterable<readonly [path: string, text: string]>): SchemaTexts {
  return [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A value from outside as files of a schema; `undefined` when it is anything else. */
export function asSchemaTexts(value: unknown): SchemaTexts | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const files = new Map<string, string>();
  for (const each of value as readonly unknown[]) {
    if (!Array.isArray(each)) return undefined;
    const [path, text] = each as readonly unknown[];
    if (typeof path !== "string" || typeof text !== "string") return undefined;
    if (pathProblem(path) !== undefined || files.has(path)) return undefined;
    files.set(path, text);
  }
  return inOrder(files);
}
