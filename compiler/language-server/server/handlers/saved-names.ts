import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { spanText, type Span } from "../../../source/span.js";
import type { UriOf } from "../../features/locations.js";

/**
 * Tells whether a name is in its file on disk: under one that never was there, nothing can be stored. Waits for the
 * disk, as a snapshot is only good until the next keystroke, but reads each file once; ask anew for each request.
 */
export function savedNames(uriOf: UriOf): (name: Span) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return (name) => {
    const { path } = name.file;
    const words = known.get(path) ?? wordsOnDisk(uriOf(path));
    known.set(path, words);
    return words.has(spanText(name));
  };
}

function wordsOnDisk(uri: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(fileURLToPath(uri), "utf8").split(/[^A-Za-z0-9_]+/));
  } catch {
    return new Set();
  }
}
