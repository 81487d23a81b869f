import type { Log } from "../server/log.js";
import { DEFAULT_STOP_DEADLINE } from "../server/server.js";
import type { ResolvedSettings } from "../config/server-settings.js";
import { FleetOperations } from "../ops/fleet-operations.js";
import { Supervisor } from "../ops/supervisor.js";
import { CodeVersions, type Entries } from "./code-versions.js";
import { servePages } from "./operations-pages.js";
import { Reloader } from "./reloader.js";
import { CODE } from "./run-worker.js";

/** The process of `hetu start` that starts the others. @returns the exit code. @throws EntryError and the error of a port that is taken. */
export async function runSupervisor(
  settings: ResolvedSettings,
  workers: number,
  entries: Entries,
  log: Log,
): Promise<number> {
  // Not before it can be done: until then the signal would end the process.
  let onHangUp: () => void = () => undefined;
  process.on("SIGHUP", () => onHangUp());
  const versions = new CodeVersions(entries);
  await versions.removeLeftovers();
  try {
    const first = await versions.build();
    if (first === undefined) throw new Error("there is no code");
    await versions.keep(first);
    const supervisor: Supervisor = new Supervisor({
      workers,
      log,
      environment: () => ({ [CODE]: JSON.stringify(reloader.current) }),
      drainDelayMs: settings.drainDelayMs,
      stopDeadlineMs: settings.options.stopDeadline ?? DEFAULT_STOP_DEADLINE,
      onServing: () => reloader.served(),
    });
    const reloader: Reloader = new Reloader({
      versions,
      first,
      shared: settings.options.store !== undefined,
      serving: () => supervisor.serving,
      starting: () => supervisor.isStartingOne,
      log,
    });
    const pages = await servePages(new FleetOperations(supervisor, () => reloader.counts), settings, log);
    onHangUp = () => {
      if (supervisor.state === "starting" || supervisor.state === "serving") reloader.request();
    };
    try {
      return await supervisor.run();
    } finally {
      pages?.close();
    }
  } finally {
    await versions.close();
  }
}
