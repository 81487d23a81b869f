import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { MANIFEST_FILE, parseManifest, printManifest } from "./manifest.js";
import type { Manifest } from "./manifest.js";
import type { EmittedFile } from "./target.js";

/** What one target has emitted. */
export interface TargetOutput {
  readonly target: string;
  readonly files: readonly EmittedFile[];
}

/** Paths are relative to the output folder, with `/`. */
export interface WrittenFiles {
  readonly written: readonly string[];
  /** Number of files whose content was the same; they keep their time stamps. */
  readonly unchanged: number;
  readonly removed: readonly string[];
  /** Every file of the given targets. */
  readonly all: readonly string[];
}

interface OutputFile {
  readonly path: string;
  readonly content: Buffer;
}

/** More files at a time only wait for each other. */
const CONCURRENCY = 32;

/**
 * Brings the output folder up to date: writes what is new or different, removes what earlier builds of the same
 * targets have left and this one does not produce. The only module of the emitters that touches the disk.
 *
 * New content is first written aside and then renamed into place, so a disk that fills up leaves the previous output
 * whole. Files of targets that are not in `outputs` stay.
 *
 * @param out The output folder; created when absent.
 * @throws the file system's error when something cannot be written.
 */
export async function writeFiles(out: string, outputs: readonly TargetOutput[]): Promise<WrittenFiles> {
  const manifestText = await readText(path.join(out, MANIFEST_FILE));
  const previous = parseManifest(manifestText);
  const files = outputs.flatMap(outputFiles);
  const manifest = new Map(previous);
  for (const output of outputs) {
    if (output.files.length === 0) manifest.delete(output.target);
    else manifest.set(output.target, hashes(outputFiles(output)));
  }

  const differs = await mapConcurrently(files, (file) => isDifferent(out, file));
  const changed = files.filter((_, at) => differs[at]);
  const all = files.map((file) => file.path);
  const produced = new Set([...manifest.values()].flatMap((target) => [...target.keys()]));
  const stale = [...previous.values()].flatMap((target) => [...target.keys()]).filter((file) => !produced.has(file));

  // Until the last file is in its place the manifest knows the old files and the new ones: an interrupted build
  // leaves nothing behind that a later one would not remember.
  const finalText = printManifest(manifest);
  if (changed.length > 0 || stale.length > 0) {
    await putInPlace(out, changed, printManifest(union(previous, manifest)));
    await mapConcurrently(stale, (file) => rm(path.join(out, file), { force: true }));
    await removeEmptyFolders(out, stale);
    await writeAside(out, [{ path: MANIFEST_FILE, content: Buffer.from(finalText) }]);
  } else if (finalText !== manifestText) {
    await writeAside(out, [{ path: MANIFEST_FILE, content: Buffer.from(finalText) }]);
  }
  return { written: changed.map((file) => file.path), unchanged: files.length - changed.length, removed: stale, all };
}

function outputFiles({ target, files }: TargetOutput): OutputFile[] {
  return files.map((file) => ({ path: path.posix.join(target, file.path), content: Buffer.from(file.content) }));
}

function hashes(files: readonly OutputFile[]): Map<string, string> {
  return new Map(
    files.map((file) => [file.path, createHash("sha256").update(file.content).digest("hex").slice(0, 16)]),
  );
}

async function isDifferent(out: string, file: OutputFile): Promise<boolean> {
  const present = await readFile(path.join(out, file.path)).catch(() => undefined);
  return present === undefined || !present.equals(file.content);
}

async function putInPlace(out: string, changed: readonly OutputFile[], manifestText: string): Promise<void> {
  await writeAside(out, [{ path: MANIFEST_FILE, content: Buffer.from(manifestText) }, ...changed]);
}

/** Writes all contents into a folder beside, then renames each into its place, in order. */
async function writeAside(out: string, files: readonly OutputFile[]): Promise<void> {
  const aside = path.join(out, `.hetuc-${process.pid}.tmp`);
  await mkdir(aside, { recursive: true });
  try {
    await mapConcurrently(files, (file, at) => writeFile(path.join(aside, String(at)), file.content));
    for (const folder of new Set(files.map((file) => path.dirname(path.join(out, file.path))))) {
      await mkdir(folder, { recursive: true });
    }
    const [first, ...rest] = files.map((file, at) => () => {
      return rename(path.join(aside, String(at)), path.join(out, file.path));
    });
    await first?.();
    await mapConcurrently(rest, (move) => move());
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Removes the folders that the removal of `files` has emptied, innermost first. */
async function removeEmptyFolders(out: string, files: readonly string[]): Promise<void> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = path.posix.dirname(file); folder !== "."; folder = path.posix.dirname(folder))
      folders.add(folder);
  }
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    // Refused by the system when something is in it.
    await rmdir(path.join(out, folder)).catch(() => undefined);
  }
}

function union(a: Manifest, b: Manifest): Manifest {
  const both = new Map(a);
  for (const [target, files] of b) both.set(target, new Map([...(a.get(target) ?? []), ...files]));
  return both;
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

async function mapConcurrently<T, R>(items: readonly T[], work: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, worker));
  return results;
}
