import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { type JournalRecord, readRecords } from "./journal-record.js";

/** A segment that is as long as this is followed by a new one. */
const SEGMENT_BYTES = 32 * 2 ** 20;
/** From this length on the newest segment is emptied when nothing in it is needed any more. */
const WORTH_EMPTYING = 2 ** 20;
const FILE_NAME = /^journal-(\d+)\.log$/;
const DIGITS = 10;

interface Segment {
  readonly path: string;
  /** Of the last record in it. */
  position: number;
}

/**
 * The write-ahead log of the store: commits are appended here, where they survive the death of the process at once, and
 * go to LMDB in larger batches later. A segment is deleted when LMDB has all that is in it on the disk.
 *
 * A record that a crash has cut off, and whatever follows it, was acknowledged to nobody. After Mohan et al., "ARIES",
 * ACM TODS 17(1), 1992, with redo only: records hold whole values, so that applying one twice changes nothing.
 */
export class Journal {
  readonly #folder: string;
  #segments: Segment[];
  #number: number;
  #fd: number | undefined;
  #length = 0;
  /** Flushes under way. */
  #flushes = 0;
  /** Files to be closed when no flush is under way. */
  readonly #retired: number[] = [];

  /** Finds what an earlier process has left in `folder`; {@link recover} must be called before anything is appended. */
  constructor(folder: string) {
    this.#folder = folder;
    const names = readdirSync(folder)
      .filter((name) => FILE_NAME.test(name))
      .sort();
    this.#segments = names.map((name) => ({ path: join(folder, name), position: 0 }));
    this.#number = Number(FILE_NAME.exec(names.at(-1) ?? "")?.[1] ?? 0);
  }

  /**
   * The records after `position`, in order. What a crash has damaged, and all behind it, is cut off for good, so that
   * it can never be taken for what will be written next.
   */
  recover(position: number): JournalRecord[] {
    const records: JournalRecord[] = [];
    let last = position;
    for (const [i, segment] of this.#segments.entries()) {
      const bytes = readFileSync(segment.path);
      let whole = 0;
      for (const { record, end } of readRecords(bytes)) {
        if (record.previous > last) break;
        whole = end;
        if (record.position <= last) continue;
        records.push(record);
        last = record.position;
      }
      segment.position = last;
      if (whole === bytes.length) continue;
      truncateSync(segment.path, whole);
      for (const { path } of this.#segments.splice(i + 1)) unlinkSync(path);
    }
    return records;
  }

  /**
   * Appends a record that ends at `position`. It has left the process when this returns.
   * @throws Error of the file system, e.g. because the disk is full: nothing may be acknowledged any more then.
   */
  append(record: Uint8Array, position: number): void {
    if (this.#length >= SEGMENT_BYTES && this.#fd !== undefined) {
      // What follows goes into another file, whose flushes say nothing of this one.
      fdatasyncSync(this.#fd);
      this.#end();
    }
    const fd = (this.#fd ??= this.#begin());
    for (let written = 0; written < record.length;) written += writeSync(fd, record, written);
    this.#length += record.length;
    (this.#segments.at(-1) as Segment).position = position;
  }

  /** Resolves once everything that was appended so far is on the disk. */
  flush(): Promise<void> {
    const fd = this.#fd;
    if (fd === undefined) return Promise.resolve();
    this.#flushes++;
    return new Promise((resolve, reject) => {
      fdatasync(fd, (error) => {
        this.#flushes--;
        this.#closeRetired();
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  /** LMDB has everything up to `position` on the disk: what ends there or before is deleted. */
  release(position: number): void {
    const newest = this.#fd === undefined ? undefined : this.#segments.at(-1);
    this.#segments = this.#segments.filter((segment) => {
      if (segment === newest || segment.position > position) return true;
      unlinkSync(segment.path);
      return false;
    });
    if (this.#fd === undefined || newest === undefined) return;
    if (newest.position > position || this.#length < WORTH_EMPTYING) return;
    ftruncateSync(this.#fd);
    this.#length = 0;
  }

  /** Deletes everything: LMDB has it all on the disk. */
  discard(): void {
    this.#end();
    for (const { path } of this.#segments.splice(0)) unlinkSync(path);
  }

  /** Leaves everything as it is, for {@link recover}. */
  close(): void {
    this.#end();
  }

  #begin(): number {
    const path = join(this.#folder, `journal-${String(++this.#number).padStart(DIGITS, "0")}.log`);
    const fd = openSync(path, "ax");
    this.#segments.push({ path, position: 0 });
    this.#length = 0;
    syncFolder(this.#folder);
    return fd;
  }

  #end(): void {
    if (this.#fd === undefined) return;
    this.#retired.push(this.#fd);
    this.#fd = undefined;
    this.#closeRetired();
  }

  /** A file must stay open while the platform flushes it. */
  #closeRetired(): void {
    if (this.#flushes > 0) return;
    for (const fd of this.#retired.splice(0)) closeSync(fd);
  }
}

/** Puts the entry of a new file on the disk; where the platform cannot open folders, it does so by itself. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  fsyncSync(fd);
  closeSync(fd);
}
