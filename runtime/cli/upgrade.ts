import { ServerConfigError } from "../config/config-error.js";
import { EXIT_DO_NOT_RESTART } from "../ops/worker-requests.js";
import type { Implementation } from "../schema/schema.js";
import { checkBackends, checkStore, type StorePlace } from "../server/check-store.js";
import { dataPath } from "../server/embedded-engine.js";
import {
  forgetEmbedded,
  planEmbedded,
  stepsOfEmbedded,
  unfinishedEmbedded,
  upgradeEmbedded,
} from "../store/embedded/upgrade.js";
import { parseConsents } from "../store/migration/consents.js";
import { UpgradeRefusedError } from "../store/migration/errors.js";
import type { StepBack, UpgradeReport, UpgradeRequest } from "../store/migration/request.js";
import type { UnfinishedUpgrade } from "../store/migration/unfinished.js";
import type { RedisLink } from "../store/redis/link.js";
import type { RedisPlaces } from "../store/redis/place.js";
import {
  forgetKept,
  planUpgrade,
  stepsOfInstance,
  unfinishedOfInstance,
  upgrade as upgradeInstance,
  type UpgradeOptions,
} from "../store/redis/registry/upgrade.js";
import { InstanceRunningError } from "../store/redis/registry/upgrade-errors.js";
import { loadEntry } from "./entry.js";
import { addressNote, describeFailure } from "./failure.js";
import { settingsOf } from "./flags.js";
import { linkTo, withLinks } from "./instance-links.js";
import { loadMigrations } from "./load-migrations.js";
import { packageInfo } from "./package-info.js";
import { askForReset, resetOne } from "./reset.js";
import { checkUpgradeFlags, type UpgradeFlags } from "./upgrade-command.js";
import { type Asked, planText, reportText, resumeText, stepsText } from "./upgrade-text.js";

/** Progress is told when an upgrade takes longer, milliseconds. */
const SILENCE = 1000;

/** `hetu upgrade`. @returns the exit code. @throws what the settings and the code may throw. */
export async function upgrade(flags: UpgradeFlags): Promise<number> {
  const { settings, upgradeCommand } = settingsOf(flags, {});
  checkUpgradeFlags(flags);
  // What a migration throws is told by its file, and not by that of its bundle.
  process.setSourceMapsEnabled(true);
  const places = checkStore(settings.options);
  if (places.kind === "embedded" && flags.resetData === true) {
    throw new ServerConfigError("hetu upgrade --reset-data", [
      "the store is the embedded one, whose data is a folder: delete the folder, or run hetu dev --reset-data",
    ]);
  }
  const entries: [string | undefined, string][] =
    settings.instances.size === 0 ? [[undefined, settings.entry]] : [...settings.instances];
  let code = 0;
  for (const [name, entry] of entries) {
    const { implementation } = await loadEntry(entry);
    const instance = name ?? implementation.schema.namespace;
    checkBackends(places, implementation, instance);
    if (places.kind === "redis" && flags.resetData === true) {
      if (!(await askForReset(instance, places, flags))) {
        process.stderr.write("nothing was deleted\n");
        return Math.max(code, 1);
      }
    }
    try {
      code = Math.max(
        code,
        await one({
          instance,
          implementation,
          entry,
          places,
          flags,
          upgradeCommand,
          isOneOfSeveral: entries.length > 1,
        }),
      );
    } catch (error) {
      code = Math.max(code, tellFailure(instance, error, flags.json ?? false));
    }
  }
  return code;
}

interface Instance {
  readonly instance: string;
  readonly implementation: Implementation;
  readonly entry: string;
  readonly places: StorePlace;
  readonly flags: UpgradeFlags;
  /** That means this data, without what is to be done. */
  readonly upgradeCommand: string;
  readonly isOneOfSeveral: boolean;
}

async function one(asked: Instance): Promise<number> {
  const { instance, implementation, entry, places, flags, isOneOfSeveral } = asked;
  const { json = false, drop, convertLossy, skip } = flags;
  if (places.kind === "redis" && flags.resetData === true) {
    await resetOne(instance, places, flags);
    return 0;
  }
  if (flags.list === true) {
    const steps = await stepsOf(instance, implementation, places);
    const unfinished = await unfinishedOf(instance, places);
    const text = stepsText(instance, steps, unfinished);
    print(json, { instance, steps, ...(unfinished === undefined ? {} : { unfinished }) }, text);
    return 0;
  }
  if (flags.forget === true) {
    const keep = Number(flags.keep ?? 0);
    const found = await forget(instance, implementation, places, keep);
    const more = keep === 0 ? "" : ` for more than ${keep === 1 ? "1 step" : `${keep} steps`}`;
    const text = found
      ? `what was kept for hetu upgrade --down${more} is deleted`
      : `nothing was kept for hetu upgrade --down${more}`;
    print(json, { instance, status: found ? "forgotten" : "unchanged" }, `${instance}: ${text}`);
    return 0;
  }
  const request: UpgradeRequest = {
    consents: parseConsents(drop, convertLossy, skip),
    migrations: await loadMigrations(entry),
    direction: flags.down === true ? "down" : "up",
    isOneOfSeveral,
    ...progressTo(process.stderr),
    version: packageInfo().version,
  };
  if (flags.plan === true) {
    const report = await planOne(instance, implementation, places, request);
    const where = whereOf(asked);
    print(json, { instance, store: where.store, ...report }, planText(instance, report, where));
    return report.status === "refused" || report.status === "unfinished" ? 1 : 0;
  }
  const report = await upgradeOne(instance, implementation, places, request);
  const where = whereOf(asked);
  print(json, { instance, store: where.store, ...report }, reportText(instance, report, where));
  return 0;
}

function whereOf({ instance, places, flags, upgradeCommand }: Instance): Asked {
  const { down = false, drop, convertLossy, skip } = flags;
  return {
    store: places.kind === "embedded" ? dataPath(places.folder, instance) : places.home.text,
    command: upgradeCommand,
    isDown: down,
    isPlain: !down && [drop, convertLossy, skip].every((option) => option === undefined),
    note: addressNote(upgradeCommand, process.env),
  };
}

/** @throws as `upgrade` of the store. */
export async function upgradeOne(
  instance: string,
  { schema }: Implementation,
  places: StorePlace,
  request: UpgradeRequest = progressTo(process.stderr),
): Promise<UpgradeReport> {
  if (places.kind === "embedded") return upgradeEmbedded(dataPath(places.folder, instance), schema, request);
  return onRedis(instance, places, request, (options) => upgradeInstance(options, schema));
}

/** @throws as `planUpgrade` of the store. */
export async function planOne(
  instance: string,
  { schema }: Implementation,
  places: StorePlace,
  request: UpgradeRequest,
): Promise<Awaited<ReturnType<typeof planUpgrade>>> {
  if (places.kind === "embedded") return planEmbedded(dataPath(places.folder, instance), schema, request);
  return onRedis(instance, places, request, (options) => planUpgrade(options, schema));
}

async function forget(
  instance: string,
  { schema: { namespace } }: Implementation,
  places: StorePlace,
  keep: number,
): Promise<boolean> {
  if (places.kind === "embedded") return forgetEmbedded(dataPath(places.folder, instance), namespace, keep);
  return onRedis(instance, places, {}, (options) => forgetKept(options, namespace, keep));
}

async function stepsOf(
  instance: string,
  { schema: { namespace } }: Implementation,
  places: StorePlace,
): Promise<readonly StepBack[]> {
  if (places.kind === "embedded") return stepsOfEmbedded(dataPath(places.folder, instance), namespace);
  return onRedis(instance, places, {}, (options) => stepsOfInstance(options, namespace));
}

async function unfinishedOf(instance: string, places: StorePlace): Promise<UnfinishedUpgrade | undefined> {
  if (places.kind === "embedded") return unfinishedEmbedded(dataPath(places.folder, instance));
  return onRedis(instance, places, {}, unfinishedOfInstance);
}

function onRedis<T>(
  instance: string,
  places: RedisPlaces,
  request: UpgradeRequest,
  use: (options: UpgradeOptions) => Promise<T>,
): Promise<T> {
  return withLinks(instance, places, ({ tag, links }) => {
    const { leaseTime } = places;
    const link = (backend: string | undefined): RedisLink => linkTo(links, backend);
    return use({ ...request, tag, link, leaseTime });
  });
}

/** A line a second, and none while it is quick; what became of an upgrade that was interrupted at once. */
export function progressTo(
  stream: NodeJS.WritableStream,
): Required<Pick<UpgradeRequest, "onProgress" | "onResume" | "onWait">> {
  let told = performance.now();
  return {
    onProgress({ table, rows, total }) {
      if (performance.now() - told < SILENCE) return;
      told = performance.now();
      stream.write(`${table}: ${rows} of ${total} rows (${Math.floor((rows / total) * 100)} %)\n`);
    },
    onWait(ms) {
      const time = `${(ms / 1000).toFixed(1)} s`;
      stream.write(
        `another hetu upgrade is under way, or was killed a moment ago: waiting, ${time} where it was killed\n`,
      );
    },
    onResume(note) {
      stream.write(`${resumeText(note)}\n`);
    },
  };
}

function print(json: boolean, value: object, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : text}\n`);
}

function tellFailure(instance: string, error: unknown, json: boolean): number {
  const { text, code } = describeFailure(error);
  if (!json) {
    process.stderr.write(`error: ${text}\n`);
    return code;
  }
  const name = error instanceof Error ? error.name : "Error";
  const problems = error instanceof UpgradeRefusedError ? { problems: error.problems } : {};
  const workers = error instanceof InstanceRunningError ? { workers: error.workers } : {};
  const status = code === EXIT_DO_NOT_RESTART ? "refused" : "failed";
  process.stdout.write(
    `${JSON.stringify({ instance, status, error: name, message: text, ...problems, ...workers })}\n`,
  );
  return code;
}
