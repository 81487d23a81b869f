import { afterEach } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type {
  DeadWorker,
  InstanceStart,
  Registry,
  WorkerLease,
} from "../../../../runtime/store/redis/registry/contract.js";
import { clocked } from "./registry-clock.js";
import { openRegistry } from "../../../../runtime/store/redis/registry/registry.js";

export const TAG = "{hetu:game}";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

/** What a test lets a process do. */
export interface Process {
  readonly link: RedisLink;
  readonly registry: Registry;
  readonly log: LogLine[];
  /** In order: `fence 3`, `dead 3`, `prepare`. */
  readonly did: string[];
  lease: WorkerLease | undefined;
  /** Goes without a word, as a process that is killed. */
  die(): Promise<void>;
}

export interface ProcessOptions {
  readonly leaseTime?: number;
  readonly now?: () => number;
  /** Scripts see the clock that `setClock` has set. */
  readonly clocked?: boolean;
  readonly onDead?: (dead: DeadWorker) => Promise<void>;
}

/** Processes of one instance, all inside the test, with a connection each. */
export function useProcesses(): (url: string, options?: ProcessOptions) => Promise<Process> {
  const open: Process[] = [];
  afterEach(async () => {
    for (const process of open.splice(0)) await process.die();
  });
  return async (url, { leaseTime = 1000, now, clocked: isClocked = false, onDead } = {}) => {
    const opened = await openLink(parseRedisUrl(url));
    const link = isClocked ? clocked(opened) : opened;
    const log: LogLine[] = [];
    const did: string[] = [];
    const write =
      (level: LogLine["level"]) =>
      (fields: object, message: string): void =>
        void log.push({ level, fields, message });
    const registry = openRegistry({
      link,
      tag: TAG,
      leaseTime,
      ...(now === undefined ? {} : { now }),
      log: { info: write("info"), warn: write("warn"), error: write("error") },
    });
    registry.guard([
      {
        fence: (worker) => {
          did.push(`fence ${worker}`);
          return Promise.resolve();
        },
      },
    ]);
    registry.onDead(async (dead) => {
      did.push(`dead ${dead.worker}`);
      await onDead?.(dead);
    });
    let dead = false;
    const process: Process = {
      link,
      registry,
      log,
      did,
      lease: undefined,
      async die() {
        if (dead) return;
        dead = true;
        registry.close();
        await process.lease?.abandon();
        await link.close();
      },
    };
    open.push(process);
    return process;
  };
}

/** Joins and starts. @returns whether this process prepared the start. */
export async function enter(
  process: Process,
  prepare: (start: InstanceStart) => Promise<void> = (start) => start.cleared(),
): Promise<boolean> {
  process.lease = await process.registry.join();
  let prepared = false;
  await process.registry.startOnce(async (start) => {
    prepared = true;
    process.did.push("prepare");
    await prepare(start);
  });
  return prepared;
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
