import { frames, resumedFrames } from "./frames.js";
import { handshakeFailures, handshakes } from "./handshakes.js";
import { dictionary } from "./dictionary.js";
import { otherCompressor } from "./other-compressor.js";
import { keepCompressed } from "./kept.js";
import { readVectorFile, staleFiles, type VectorFile, vectorFolder, vectorText, writeAll } from "./vector-file.js";
import { RECORDED_AT } from "./world.js";
import { audienceScripts, limitScripts } from "./row-scripts.js";
import { sessions } from "./sessions/index.js";
import { rangeScripts, securityScripts, windowScripts } from "./view-scripts.js";
import { views, type ViewScript } from "./views.js";
import { schemaNotation } from "./world-schema.js";

const SHOWN =
  " `answer` is what the server said to the live query, `rows` what must be shown then; each step has the server's " +
  "messages to a call of the system `any` (its answer is the last), the changes that must be told and the ids of the " +
  "rows that must be shown.";

const VIEWS: readonly (readonly [path: string, about: string, scripts: readonly ViewScript[]])[] = [
  ["rows/limits.json", `Columns of all types at their limits.${SHOWN}`, limitScripts],
  ["rows/audiences.json", `The same rows to different readers.${SHOWN}`, audienceScripts],
  ["views/ranges.json", `Rows that enter, change and leave a range.${SHOWN}`, rangeScripts],
  ["views/windows.json", `Ranges with a limit that have more rows than it.${SHOWN}`, windowScripts],
  ["views/security.json", `Rows and columns that the reader may see or not.${SHOWN}`, securityScripts],
];

/**
 * Records all vectors.
 * @param root folder of the repository.
 * @param check compare with what is there instead of writing.
 * @returns paths that differ, when checking.
 */
export async function record(root: string, check: boolean): Promise<readonly string[]> {
  // Ids, timestamps and the times that clients are told come from this clock; timers have another.
  Date.now = () => RECORDED_AT;
  const files = new Map<string, VectorFile>([
    ["schema.json", schemaNotation],
    ["layers/handshakes.json", handshakes()],
    ["layers/failures.json", handshakeFailures()],
    ["layers/sharpziplib.json", otherCompressor(dictionary)],
  ]);
  for (const protocol of ["hetu.1", "hetu.2"] as const) {
    for (const [path, file] of await frames(protocol)) files.set(path, file);
  }
  for (const [path, file] of await resumedFrames()) files.set(path, file);
  for (const [path, file] of sessions()) files.set(path, file);
  for (const [path, about, scripts] of VIEWS) files.set(path, await views(about, scripts));
  const folder = vectorFolder(root);
  const texts = new Map<string, string>();
  for (const [path, file] of files) {
    texts.set(path, await vectorText(keepCompressed(file, readVectorFile(folder, path))));
  }
  const cases = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, file]) => [path, file.cases.length]);
  texts.set("index.json", await vectorText(Object.fromEntries(cases)));
  if (check) return staleFiles(folder, texts);
  writeAll(folder, texts);
  return [];
}
