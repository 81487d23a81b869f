import type { ResolvedSettings } from "../config/server-settings.js";
import { createLogger } from "../ops/logger.js";
import { isSupervised } from "../ops/worker-channel.js";
import type { CodeVersion } from "../ops/worker-requests.js";
import type { Entries } from "./code-versions.js";
import { type Flags, settingsOf } from "./flags.js";
import { logEscapedErrors } from "./run-server.js";
import { runAlone } from "./run-alone.js";
import { runSupervisor } from "./run-supervisor.js";
import { CODE, runWorker } from "./run-worker.js";
import { workerCount } from "./workers.js";

/** `hetu start`. @returns the exit code of a supervisor; a server itself runs until it is asked to end. */
export async function start(flags: Flags): Promise<number | undefined> {
  const { settings } = settingsOf(flags, {});
  const workers = workerCount(settings);
  const log = createLogger(settings.log.level, settings.log.pretty);
  if (!isSupervised() && settings.supervise) return runSupervisor(settings, workers, entriesOf(settings), log);
  logEscapedErrors(log);
  process.setSourceMapsEnabled(true);
  const code = process.env[CODE];
  if (isSupervised() && code !== undefined) await runWorker(settings, JSON.parse(code) as CodeVersion, log);
  else await runAlone(settings, entriesOf(settings), log);
  return undefined;
}

function entriesOf({ instances, entry }: ResolvedSettings): Entries {
  if (instances.size === 0) return [{ instance: undefined, entry }];
  return [...instances].map(([instance, each]) => ({ instance, entry: each }));
}
