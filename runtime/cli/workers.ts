import { availableParallelism } from "node:os";
import { ServerConfigError } from "../config/config-error.js";
import type { ResolvedSettings } from "../config/server-settings.js";

/**
 * How many processes serve.
 * @throws ServerConfigError where there can be only one.
 */
export function workerCount({ workers, options, supervise }: ResolvedSettings): number {
  const shared = options.store !== undefined;
  if (workers === "auto") return shared && supervise ? availableParallelism() : 1;
  if (workers > 1 && !shared) {
    throw new ServerConfigError("workers", [
      `workers is ${workers}, but the store is the embedded one: it has its data in the memory of one process and in a ` +
        "folder that no other may open; use 1 worker, or a store that several can share: --store redis://127.0.0.1:6379/0",
    ]);
  }
  if (workers > 1 && !supervise) {
    throw new ServerConfigError("workers", [
      `workers is ${workers}, but supervise is false: without a supervisor there is one process; leave --no-supervise ` +
        "out, or start that many servers on ports of their own",
    ]);
  }
  return workers;
}
