import { readFile, stat } from "node:fs/promises";

/** Larger files are not read: their length alone would keep an editor waiting. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A file as it was found on disk. */
export interface FileOnDisk {
  /** Differs when the file may have changed. */
  readonly stamp: string;
  readonly text?: string;
  /** Why there is no text. */
  readonly problem?: string;
}

/** What tells whether a file is still the one that was read; `undefined` when there is none. */
export async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found === undefined ? undefined : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

/** Reads a schema file. Never throws; `undefined` when there is none. */
export async function readText(file: string): Promise<FileOnDisk | undefined> {
  const stamp = await stampOf(file);
  if (stamp === undefined) return undefined;
  if (Number(stamp.split(" ")[1]) > MOST_BYTES) {
    return { stamp, problem: `this file is larger than ${MOST_BYTES / 1024 / 1024} MiB; the editor does without it` };
  }
  try {
    return { stamp, text: new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    if (error instanceof TypeError)
      return { stamp, problem: "this file is not valid UTF-8; save it with that encoding" };
    return { stamp, problem: `this file cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
