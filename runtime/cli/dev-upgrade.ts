import type { Logger } from "pino";
import type { ResolvedSettings } from "../config/server-settings.js";
import type { Implementation } from "../schema/schema.js";
import { checkStore } from "../server/check-store.js";
import { SchemaChangeError } from "../store/errors.js";
import type { DataProblem } from "../store/migration/changes.js";
import { type Consents, consentsOf, NO_CONSENTS } from "../store/migration/consents.js";
import { UpgradeRefusedError } from "../store/migration/errors.js";
import { InstanceRunningError } from "../store/redis/registry/upgrade-errors.js";
import type { RunningServer } from "./run-server.js";
import { loadMigrations } from "./load-migrations.js";
import { packageInfo } from "./package-info.js";
import { progressTo, upgradeOne } from "./upgrade.js";

/** A schema that the data does not fit. */
export function isAboutData(error: unknown): error is SchemaChangeError | UpgradeRefusedError {
  return error instanceof SchemaChangeError || error instanceof UpgradeRefusedError;
}

/**
 * What would have to be allowed for the data to be brought to a schema.
 * @returns `undefined`: nothing would help.
 */
export function lossesOf({ problems }: { readonly problems: readonly DataProblem[] }): readonly string[] | undefined {
  const options = problems.map(({ allow: [first] }) => first);
  return options.length === 0 || options.includes(undefined) ? undefined : [...new Set(options as string[])];
}

/**
 * Brings data to a changed schema as `hetu upgrade` does. The server of this process ends for it; on Redis not before it
 * is clear that the schema asks for no loss and that no other process serves the data.
 *
 * @param running that of this process; `undefined`: it has none.
 * @param losses Options that are given to it, as {@link lossesOf} has them.
 * @throws UpgradeRefusedError when data would be lost; InstanceRunningError when other processes serve it. Nothing has
 * changed then.
 */
export async function upgradeForDev(
  { options, entry }: ResolvedSettings,
  log: Logger,
  implementation: Implementation,
  running: RunningServer | undefined,
  losses: readonly string[] = [],
): Promise<void> {
  const places = checkStore(options);
  const instance = implementation.schema.namespace;
  const consents: Consents = losses.length === 0 ? NO_CONSENTS : consentsOf(losses);
  const migrations = await loadMigrations(entry);
  const bring = async (): Promise<void> => {
    const request = { consents, migrations, ...progressTo(process.stderr), version: packageInfo().version };
    const { changes, rows } = await upgradeOne(instance, implementation, places, request);
    log.info({ changes, rows }, "the data was brought to the new schema");
  };
  if (places.kind === "embedded") {
    log.info({}, "the server ends for a moment: data is not changed under it");
    await running?.close();
    return bring();
  }
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
