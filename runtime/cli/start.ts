import type { Implementation } from "../schema/schema.js";
import { createLogger } from "../ops/logger.js";
import { supervise, SUPERVISED } from "../ops/supervisor.js";
import { loadEntry } from "./entry.js";
import { type Flags, settingsOf } from "./flags.js";
import { endOnSignals, logEscapedErrors, reportReady, startServer } from "./run-server.js";

/** `hetu start`. @returns the exit code of the supervisor; the server itself runs until a signal ends it. */
export async function start(flags: Flags): Promise<number | undefined> {
  const { settings } = settingsOf(flags, {});
  const log = createLogger(settings.log.level, settings.log.pretty);
  if (settings.supervise && process.env[SUPERVISED] === undefined) {
    return supervise({
      program: [...process.execArgv, ...process.argv.slice(1)],
      onRestart: (reason, delayMs) => log.error({ reason, delayMs }, `the server died (${reason}), a new one starts`),
    });
  }
  logEscapedErrors(log);
  process.setSourceMapsEnabled(true);
  const running = startServer(settings, log, await loadImplementations(settings));
  endOnSignals(log, async () => (await running).close());
  await running;
  reportReady();
  return undefined;
}

async function loadImplementations(settings: {
  readonly entry: string;
  readonly instances: ReadonlyMap<string, string>;
}): Promise<{ implementation: Implementation } | { instances: Record<string, Implementation> }> {
  if (settings.instances.size === 0) return { implementation: await loadEntry(settings.entry) };
  const instances: Record<string, Implementation> = {};
  for (const [name, entry] of settings.instances) instances[name] = await loadEntry(entry);
  return { instances };
}
