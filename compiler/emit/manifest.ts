/** Name of the manifest, in the output folder. */
export const MANIFEST_FILE = ".hetuc-manifest.json";

/**
 * What earlier builds have produced: for each target the paths (relative to the output folder) with a hash of the
 * content. A file that is not in here is not ours and is never removed.
 */
export type Manifest = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** One file a line and sorted, so that merges of two branches rarely meet. */
export function printManifest(manifest: Manifest): string {
  const targets = sorted(manifest).map(([target, files]) => {
    const lines = sorted(files).map(([path, hash]) => `      ${JSON.stringify(path)}: ${JSON.stringify(hash)}`);
    return `    ${JSON.stringify(target)}: {\n${lines.join(",\n")}\n    }`;
  });
  return `{\n  "format": 1,\n  "targets": {\n${targets.join(",\n")}\n  }\n}\n`;
}

/** Whatever cannot be read is an empty manifest: nothing is then known to be ours, and nothing is removed. */
export function parseManifest(text: string | undefined): Manifest {
  const manifest = new Map<string, ReadonlyMap<string, string>>();
  for (const [target, files] of Object.entries(objectIn(parseJson(text), "targets"))) {
    const entries = Object.entries(asObject(files)).flatMap(([path, hash]) =>
      isInside(path) && typeof hash === "string" ? [[path, hash] as const] : [],
    );
    manifest.set(target, new Map(entries));
  }
  return manifest;
}

/** A manifest is a file that anybody can edit: a path out of the folder must not be followed. */
function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !/^[A-Za-z]:|\\/.test(path) && !path.split("/").includes("..");
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  return asObject(asObject(value)[key]);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
