import { NotReplicatedError } from "../store/redis/errors.js";
import type { Principal, SystemRunner } from "../transaction/contract.js";
import { StartSystemError } from "./errors.js";

const ENGINE: Principal = { connection: undefined, caller: undefined, group: undefined, session: {} };

/**
 * Runs the systems `@on(start)` one after the other.
 * @param start id of the start, where several processes may have a part in it: each system takes effect once for it.
 * @throws StartSystemError
 */
export async function runStartSystems(instance: string, runner: SystemRunner, start?: string): Promise<void> {
  for (const name of runner.triggered("start")) {
    const request = { name, args: [], principal: ENGINE, internal: true } as const;
    const outcome = await runner.call(start === undefined ? request : { ...request, start });
    if (outcome.status === "rejected") throw new StartSystemError(instance, name, `rejected with ${outcome.code}`);
    // What stands has run, and the next start would find it done.
    if (outcome.status === "failed" && !(outcome.error instanceof NotReplicatedError)) {
      throw new StartSystemError(instance, name, `failed: ${String(outcome.error)}`, outcome.error);
    }
  }
}
