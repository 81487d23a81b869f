import { ServerConfigError } from "../config/config-error.js";
import { createLogger } from "../ops/logger.js";
import { Supervisor } from "../ops/supervisor.js";
import { isSupervised, reportReady } from "../ops/worker-channel.js";
import { EXIT_DO_NOT_RESTART } from "../ops/worker-requests.js";
import { DEFAULT_STOP_DEADLINE } from "../server/server.js";
import { DevSession } from "./dev-session.js";
import { type Flags, settingsOf } from "./flags.js";
import { endWhenAsked, stopWithin } from "./ending.js";
import { logEscapedErrors } from "./run-server.js";

export interface DevFlags extends Flags {
  readonly resetData?: boolean;
}

/** `hetu dev`. @returns as {@link start}. */
export async function dev(flags: DevFlags): Promise<number | undefined> {
  if (flags.workers !== undefined && flags.workers !== "1") {
    throw new ServerConfigError("command line", [
      `--workers is ${JSON.stringify(flags.workers)}, and hetu dev serves with one process: leave it away, or use hetu start`,
    ]);
  }
  const { settings, file, root, out } = settingsOf(flags, { host: "127.0.0.1", debug: true });
  if (settings.instances.size > 0) {
    throw new ServerConfigError(file ?? "settings", ["hetu dev serves one instance: name its code with --entry"]);
  }
  const log = createLogger(settings.log.level, settings.log.pretty);
  if (settings.supervise && !isSupervised()) {
    if (settings.workers !== 1) {
      log.info(
        { workers: settings.workers },
        "hetu dev serves with one process; workers of the file is for hetu start",
      );
    }
    return new Supervisor({
      workers: 1,
      log,
      environment: () => ({}),
      drainDelayMs: 0,
      stopDeadlineMs: settings.options.stopDeadline ?? DEFAULT_STOP_DEADLINE,
    }).run();
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
  endWhenAsked(log, stopWithin(settings), () => session.stop());
  session.start();
  // Before the first code compiles: what is wrong with it is no reason to give up.
  reportReady({ version: 0, port: 0, leases: [] });
  return undefined;
}
