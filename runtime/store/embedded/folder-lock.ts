import { mkdirSync, readFileSync, realpathSync } from "node:fs";
import { StoreLockedError } from "../errors.js";
import { type Lmdb, writeNow } from "./lmdb.js";
import { META_OWNER, readText, textValue } from "./meta.js";

interface Owner {
  readonly pid: number;
  /** Tells a process from a later one with the same number; empty where the platform does not say. */
  readonly started: string;
}

/** Folders that this process has open. */
const open = new Set<string>();

/**
 * Claims the folder for this process. The claim is a record in the database itself, written in a transaction, so that
 * of two processes that start together one sees the other; the record of a process that is gone counts for nothing.
 * @returns a function that gives the folder back.
 * @throws StoreLockedError
 */
export function claim(lmdb: Lmdb, folder: string): () => void {
  const self: Owner = { pid: process.pid, started: startOf(process.pid) ?? "" };
  writeNow(lmdb, () => {
    const text = readText(lmdb, META_OWNER);
    const owner = text === undefined ? undefined : (JSON.parse(text) as Owner);
    if (owner !== undefined && owner.pid !== self.pid && isAlive(owner)) {
      throw new StoreLockedError(folder, `process ${owner.pid}`);
    }
    void lmdb.put(META_OWNER, textValue(JSON.stringify(self)));
  });
  return () => {
    writeNow(lmdb, () => void lmdb.remove(META_OWNER));
  };
}

/**
 * Creates the folder and notes that this process is about to open it.
 * @returns its real path.
 * @throws StoreLockedError when it is open here already.
 */
export function enter(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  if (open.has(real)) throw new StoreLockedError(folder, "this process");
  open.add(real);
  return real;
}

export function leave(real: string): void {
  open.delete(real);
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it is there, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const started = startOf(owner.pid);
  return started === undefined || owner.started === "" || started === owner.started;
}

/** When a process started, in kernel ticks since boot (proc_pid_stat(5), field 22), with the boot's id; Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    // The second field is the command in parentheses and may contain anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}
