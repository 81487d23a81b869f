import { ServerConfigError } from "../config/config-error.js";
import { EXIT_DO_NOT_RESTART } from "../ops/worker-requests.js";
import type { Implementation } from "../schema/schema.js";
import { checkBackends, checkStore } from "../server/check-store.js";
import { SchemaChangeError } from "../store/errors.js";
import type { RedisLink } from "../store/redis/link.js";
import type { RedisPlaces } from "../store/redis/place.js";
import {
  upgrade as upgradeInstance,
  type UpgradeProgress,
  type UpgradeReport,
} from "../store/redis/registry/upgrade.js";
import { InstanceRunningError } from "../store/redis/registry/upgrade-errors.js";
import { resetCommand } from "../store/redis/registry/errors.js";
import { loadEntry } from "./entry.js";
import { describeFailure } from "./failure.js";
import { settingsOf } from "./flags.js";
import { linkTo, withLinks } from "./instance-links.js";
import { askForReset, resetOne } from "./reset.js";
import type { UpgradeFlags } from "./upgrade-command.js";

/** Progress is told when an upgrade takes longer, milliseconds. */
const SILENCE = 1000;

/** `hetu upgrade`. @returns the exit code. @throws what the settings and the code may throw. */
export async function upgrade(flags: UpgradeFlags): Promise<number> {
  const { settings } = settingsOf(flags, {});
  if (flags.yes === true && flags.resetData !== true) {
    throw new ServerConfigError("command line", [
      "--yes is for --reset-data, and an upgrade loses nothing: take it away",
    ]);
  }
  const places = checkStore(settings.options);
  if (places.kind === "embedded") {
    throw new ServerConfigError("hetu upgrade", [
      "the store is the embedded one, which is brought to a changed schema whenever a server starts: run hetu start; " +
        "for a Redis, name it: hetu upgrade --store redis://127.0.0.1:6379/0",
    ]);
  }
  const entries: [string | undefined, string][] =
    settings.instances.size === 0 ? [[undefined, settings.entry]] : [...settings.instances];
  let code = 0;
  for (const [name, entry] of entries) {
    const { implementation } = await loadEntry(entry);
    const instance = name ?? implementation.schema.namespace;
    checkBackends(places, implementation, instance);
    if (flags.resetData === true && !(await askForReset(instance, places, flags))) {
      process.stderr.write("nothing was deleted\n");
      return Math.max(code, 1);
    }
    try {
      if (flags.resetData === true) await resetOne(instance, places, flags);
      else tell(instance, await upgradeOne(instance, implementation, places), flags.json ?? false);
    } catch (error) {
      code = Math.max(code, tellFailure(instance, error, places, flags.json ?? false));
    }
  }
  return code;
}

/** @throws as `upgrade` of the store. */
export async function upgradeOne(
  instance: string,
  { schema }: Implementation,
  places: RedisPlaces,
): Promise<UpgradeReport> {
  return withLinks(instance, places, ({ tag, links }) => {
    const { leaseTime } = places;
    const link = (backend: string | undefined): RedisLink => linkTo(links, backend);
    return upgradeInstance({ tag, link, leaseTime, onProgress: progressTo(process.stderr) }, schema);
  });
}

/** A line a second, and none while it is quick. */
function progressTo(stream: NodeJS.WritableStream): (progress: UpgradeProgress) => void {
  let told = performance.now();
  return ({ table, rows, total }) => {
    if (performance.now() - told < SILENCE) return;
    told = performance.now();
    stream.write(`${table}: ${rows} of ${total} rows (${Math.floor((rows / total) * 100)} %)\n`);
  };
}

function tell(instance: string, report: UpgradeReport, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ instance, ...report })}\n`);
    return;
  }
  const { status, changes, rows, resumed } = report;
  const after = resumed ? "; an upgrade that was interrupted is finished" : "";
  const lines = {
    empty: `${instance} has no data yet: the first server makes what it needs${after}`,
    unchanged: `the data of ${instance} fits the schema${after}`,
    upgraded: `the data of ${instance} fits the schema now; ${rows} rows were written${after}`,
  };
  process.stdout.write([lines[status], ...changes.map((change) => `  - ${change}`)].join("\n") + "\n");
}

function tellFailure(instance: string, error: unknown, places: RedisPlaces, json: boolean): number {
  const { text, code } = describeFailure(error);
  if (!json) {
    const instead = error instanceof SchemaChangeError ? `: ${resetCommand(places.home.text)}` : "";
    process.stderr.write(`error: ${text}${instead}\n`);
    return code;
  }
  const name = error instanceof Error ? error.name : "Error";
  const changes = error instanceof SchemaChangeError ? { changes: error.changes } : {};
  const workers = error instanceof InstanceRunningError ? { workers: error.workers } : {};
  const status = code === EXIT_DO_NOT_RESTART ? "refused" : "failed";
  process.stdout.write(`${JSON.stringify({ instance, status, error: name, message: text, ...changes, ...workers })}\n`);
  return code;
}
