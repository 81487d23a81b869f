import { randomBytes } from "node:crypto";
import type { RedisLink } from "../link.js";
import type { InstanceStart } from "./contract.js";
import type { ControlKeys } from "./control-keys.js";
import { LeaseLostError } from "./errors.js";
import type { Lease } from "./lease.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { PHASE, START } from "./scripts.js";
import type { Timing } from "./timing.js";

export interface StartOptions {
  readonly link: RedisLink;
  readonly keys: ControlKeys;
  readonly timing: Timing;
  readonly lease: Lease;
  /** Whether a lease that is over means that its worker is dead. */
  readonly isExpiryTrusted: () => boolean;
  /** Handles all workers that are known to be dead. */
  readonly handleDead: () => Promise<void>;
  /** It is this process's turn to look after dead workers. */
  readonly onActing: () => void;
  /** It is known who has the instance; whoever is seen to live, or to be dead, from here on is noticed. */
  readonly onLooked: () => void;
  readonly prepare: (start: InstanceStart) => Promise<void>;
}

/**
 * Starts the instance, or waits until it is started. Whether it runs already is not believed on the strength of a
 * lease: its holder may have died a moment ago, so a renewal has to be seen.
 */
export async function start(options: StartOptions): Promise<void> {
  const { link, keys, timing, lease } = options;
  const { leases, workers, claims, start: key } = keys;
  const me = [lease.worker, lease.token.toString("hex")] as const;
  const newId = randomBytes(8).toString("hex");
  const seen = new Map<string, string>();
  let alive = "";
  let looked = false;
  for (let pause = Math.min(FIRST_PAUSE_MS, timing.poll); ; pause = Math.min(pause * 1.5, timing.poll)) {
    const args = [...me, newId, options.isExpiryTrusted() ? 1 : 0, timing.forsaken, alive];
    const [status, ...rest] = listOf(await link.run(START, [leases, workers, claims, key], args));
    if (textOf(status) === "lost") throw lostLease(lease);
    for (const each of rest.filter((part) => Array.isArray(part))) {
      const [name, when] = listOf(each).map(textOf) as [string, string];
      if (seen.has(name) && seen.get(name) !== when) alive = name;
      seen.set(name, when);
    }
    if (!looked) options.onLooked();
    looked = true;
    switch (textOf(status)) {
      case "serving":
        options.onActing();
        return;
      case "prepare":
        options.onActing();
        return prepare(options, textOf(rest[0]), textOf(rest[1]));
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** What is waited for often happens at once: a supervisor tells who has died, and has the others renew. */
const FIRST_PAUSE_MS = 20;

async function prepare(options: StartOptions, id: string, phase: string): Promise<void> {
  const { link, keys, lease, handleDead } = options;
  const reached = async (next: "run" | "done"): Promise<void> => {
    const args = [lease.worker, lease.token.toString("hex"), id, next];
    const { workers, claims, start: key } = keys;
    if (numberOf(await link.run(PHASE, [workers, claims, key], args)) !== 1) throw lostLease(lease);
  };
  let handled = false;
  await options.prepare({
    id,
    fresh: phase === "clear",
    cleared: () => reached("run"),
    async handleDead() {
      handled = true;
      await handleDead();
    },
  });
  if (!handled) await handleDead();
  await reached("done");
}

function lostLease(lease: Lease): LeaseLostError {
  return new LeaseLostError(lease.worker, "another process found it out of date while this one started");
}
