import { readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeModule, CodeVersion } from "../ops/worker-requests.js";
import { BUNDLE_PREFIX, bundleEntry, isJavaScript, writeBundle } from "./entry.js";
import { VERSION_PARAMETER } from "./fresh-modules.js";

/** What is served: entries by instance; the instance is `undefined` when there is one, named as its namespace. */
export type Entries = readonly { readonly instance: string | undefined; readonly entry: string }[];

interface Built {
  readonly files: string[];
  /** Bundles; `undefined` for JavaScript, which may have changed without notice. */
  readonly texts: readonly (string | undefined)[];
}

/**
 * The code as files that every worker imports: bundled once for each version, so that all workers, and those that
 * replace dead ones, have the same. JavaScript is not copied; a version of it is a new URL.
 */
export class CodeVersions {
  readonly #entries: Entries;
  readonly #built = new Map<number, Built>();
  #number = 0;
  #kept: Built | undefined;

  constructor(entries: Entries) {
    this.#entries = entries;
  }

  /**
   * Makes a version of what is on the disk now.
   * @returns `undefined` when the one that is kept is the same.
   * @throws EntryError
   */
  async build(): Promise<CodeVersion | undefined> {
    const bundles = await Promise.all(
      this.#entries.map(async ({ entry }) => (isJavaScript(entry) ? undefined : bundleEntry(entry))),
    );
    const texts = bundles.map((bundle) => bundle?.code);
    if (this.#kept?.texts.every((text, at) => text !== undefined && text === texts[at]) === true) return undefined;
    const number = ++this.#number;
    const files: string[] = [];
    this.#built.set(number, { files, texts });
    const modules: CodeModule[] = [];
    for (const [at, { instance, entry }] of this.#entries.entries()) {
      const bundle = bundles[at];
      const url = pathToFileURL(entry);
      if (bundle !== undefined) {
        const file = await writeBundle(bundle, `${ownMark()}${number}-${at}`);
        files.push(file);
        url.pathname = pathToFileURL(file).pathname;
      } else if (number > 1) {
        url.searchParams.set(VERSION_PARAMETER, String(number));
      }
      modules.push({ instance, entry, url: url.href });
    }
    return { number, modules };
  }

  /** This version is served from now on; the files of all others are deleted. */
  async keep({ number }: CodeVersion): Promise<void> {
    this.#kept = this.#built.get(number);
    for (const each of [...this.#built.keys()]) if (each !== number) await this.#remove(each);
  }

  /** A version is not served after all. */
  async discard({ number }: CodeVersion): Promise<void> {
    await this.#remove(number);
  }

  /** Deletes all files. */
  async close(): Promise<void> {
    for (const number of [...this.#built.keys()]) await this.#remove(number);
  }

  /** Deletes what supervisors of this machine have left behind that were killed. */
  async removeLeftovers(): Promise<void> {
    for (const folder of new Set(this.#entries.map(({ entry }) => dirname(entry)))) {
      for (const name of await readdir(folder).catch(() => [])) {
        const [, host, pid] = LEFTOVER.exec(name) ?? [];
        if (host === hostMark() && pid !== undefined && !isOther(Number(pid)))
          await rm(join(folder, name), { force: true });
      }
    }
  }

  async #remove(number: number): Promise<void> {
    for (const file of this.#built.get(number)?.files ?? []) await rm(file, { force: true });
    this.#built.delete(number);
  }
}

const LEFTOVER = new RegExp(`^\\${BUNDLE_PREFIX}(.+)\\.(\\d+)\\.\\d+-\\d+\\.mjs$`);

/** In the names of this process's bundles: several machines may share the folder. */
function ownMark(): string {
  return `${hostMark()}.${process.pid}.`;
}

function hostMark(): string {
  return hostname().replaceAll(/[^A-Za-z0-9-]/g, "-");
}

/** Whether a process with this number runs that is not this one. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
