import { ServerConfigError } from "../config/config-error.js";
import { createLogger } from "../ops/logger.js";
import { EXIT_DO_NOT_RESTART, supervise, SUPERVISED } from "../ops/supervisor.js";
import { DevSession } from "./dev-session.js";
import { type Flags, settingsOf } from "./flags.js";
import { endOnSignals, logEscapedErrors, reportReady } from "./run-server.js";

export interface DevFlags extends Flags {
  readonly resetData?: boolean;
}

/** `hetu dev`. @returns as {@link start}. */
export async function dev(flags: DevFlags): Promise<number | undefined> {
  const { settings, file, root, out } = settingsOf(flags, { host: "127.0.0.1", debug: true });
  if (settings.instances.size > 0) {
    throw new ServerConfigError(file ?? "settings", ["hetu dev serves one instance: name its code with --entry"]);
  }
  const log = createLogger(settings.log.level, settings.log.pretty);
  if (settings.supervise && process.env[SUPERVISED] === undefined) {
    return supervise({
      program: [...process.execArgv, ...process.argv.slice(1)],
      onRestart: (reason, delayMs) => log.error({ reason, delayMs }, `the server died (${reason}), a new one starts`),
    });
  }
  logEscapedErrors(log);
  process.setSourceMapsEnabled(true);
  const session = new DevSession({
    settings,
    project: { file, root, out },
    resetData: flags.resetData ?? false,
    log,
    onHopeless: () => process.exit(EXIT_DO_NOT_RESTART),
  });
  endOnSignals(log, () => session.stop());
  session.start();
  reportReady();
  return undefined;
}
