import type { Logger } from "pino";
import type { ResolvedSettings } from "../config/server-settings.js";
import type { Implementation } from "../schema/schema.js";
import { checkStore } from "../server/check-store.js";
import { InstanceRunningError } from "../store/redis/registry/upgrade-errors.js";
import type { RunningServer } from "./run-server.js";
import { upgradeOne } from "./upgrade.js";

/**
 * Brings data on Redis to a changed schema as `hetu upgrade` does. The server of this process ends for it, but not
 * before it is clear that the data fits and that no other process serves it.
 *
 * @param running that of this process; `undefined`: it has none.
 * @throws SchemaChangeError when data would be lost; InstanceRunningError when other processes serve it. Nothing has
 * changed then.
 */
export async function upgradeForDev(
  { options }: ResolvedSettings,
  log: Logger,
  implementation: Implementation,
  running: RunningServer | undefined,
): Promise<void> {
  const places = checkStore(options);
  if (places.kind === "embedded") return;
  const instance = implementation.schema.namespace;
  const bring = async (): Promise<void> => {
    const { changes, rows } = await upgradeOne(instance, implementation, places);
    log.info({ changes, rows }, "the data was brought to the new schema");
  };
  try {
    await bring();
  } catch (error) {
    if (!(error instanceof InstanceRunningError) || running === undefined) throw error;
    const own = new Set(running.server.leases.map(({ worker }) => worker));
    const others = error.workers.filter(({ worker }) => !own.has(worker));
    if (others.length > 0) throw new InstanceRunningError(error.instance, others);
    log.info({}, "the server ends for a moment: data on Redis is not changed under it");
    await running.close();
    await bring();
  }
}
