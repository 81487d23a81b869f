import type { Store } from "../store/contract.js";
import { Attempt } from "./attempt.js";
import { backoffMs, pause } from "./backoff.js";
import type { Principal } from "./contract.js";

const NOBODY: Principal = { connection: undefined, caller: undefined, group: undefined, session: {} };

/**
 * Runs a transaction of the runtime's own until it meets no conflict.
 * @param title what errors call it.
 * @param change Its result is that of the run that was committed.
 * @param message For other processes; asked for after each run.
 * @returns the position of the commit, too; 0 when nothing was read or written.
 */
export async function alone<T>(
  store: Store,
  title: string,
  change: (attempt: Attempt) => Promise<T>,
  message?: (result: T) => Uint8Array | undefined,
): Promise<{ readonly result: T; readonly position: number }> {
  for (let number = 1; ; number++) {
    const attempt = new Attempt(store, title, number, Date.now(), NOBODY, undefined);
    const result = await change(attempt);
    attempt.message = message?.(result);
    const finish = await attempt.finish();
    if (finish.status === "committed") return { result, position: finish.position };
    await pause(backoffMs(number, Math.random(), store.shared));
  }
}
