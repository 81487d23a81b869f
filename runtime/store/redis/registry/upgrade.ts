import type { Schema } from "../../../schema/schema.js";
import { type SchemaChange, SchemaChangeError } from "../../errors.js";
import { RowRewriter } from "../../schema/row-rewriter.js";
import type { RedisLink } from "../link.js";
import { controlKeys, instanceOf, partitionTag } from "./control-keys.js";
import { lossesOf } from "./losses.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { copyRows, countRows, duplicatesUnder, type KeyPlace } from "./row-copy.js";
import { CATALOGUE_READ, UPGRADE_PARTITION } from "./scripts.js";
import { parseCatalogue, type StoredCatalogue } from "./stored-catalogue.js";
import { type Target, targetOf } from "./target.js";
import { DEFAULT_LEASE_TIME_MS } from "./timing.js";
import { type CopyStep, planOf } from "./upgrade-plan.js";
import { type PlacedKey, UpgradeTurn } from "./upgrade-turn.js";

export interface UpgradeOptions {
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The way to a backend; `undefined`: to the default store. */
  readonly link: (backend: string | undefined) => RedisLink;
  /** Milliseconds after which another process may go on when this one is killed; default 10,000. */
  readonly leaseTime?: number;
  readonly onProgress?: (progress: UpgradeProgress) => void;
  /** Milliseconds since 1970, for columns with the default `now`. */
  readonly now?: () => number;
}

export interface UpgradeProgress {
  readonly table: string;
  readonly rows: number;
  readonly total: number;
}

export interface UpgradeReport {
  /** `empty`: there is no data yet, and the first server makes what it needs. */
  readonly status: "empty" | "unchanged" | "upgraded";
  /** What was done; one sentence each. */
  readonly changes: readonly string[];
  /** Rows that were copied or indexed. */
  readonly rows: number;
  /** An upgrade that was interrupted was ended first. */
  readonly resumed: boolean;
}

/**
 * Brings the data of an instance to a schema. What changes is written beside the old data, and the old data is deleted
 * once the new catalogue holds: when the process is killed, the next upgrade begins anew or deletes the rest.
 * @throws InstanceRunningError while servers run.
 * @throws SchemaChangeError when data would be lost; nothing was changed.
 * @throws UpgradeRunningError
 */
export async function upgrade(options: UpgradeOptions, schema: Schema): Promise<UpgradeReport> {
  const { tag } = options;
  const keys = controlKeys(tag);
  const home = options.link(undefined);
  const [text, state] = listOf(await home.run(CATALOGUE_READ, [keys.catalogue, keys.upgrade], [])).map(textOf);
  if (state === "") {
    if (text === "") return { status: "empty", changes: [], rows: 0, resumed: false };
    const stored = parseCatalogue(text ?? "", keys.catalogue);
    const target = targetOf(schema, stored);
    if (target.differences.length === 0) return { status: "unchanged", changes: [], rows: 0, resumed: false };
    await refuseLosses(options, target, stored, schema);
  }
  const turn = await UpgradeTurn.take(home, keys, instanceOf(tag), (options.leaseTime ?? DEFAULT_LEASE_TIME_MS) * 0.7);
  try {
    return await new Upgrade(options, schema, turn).run();
  } finally {
    turn.leave();
  }
}

class Upgrade {
  readonly #options: UpgradeOptions;
  readonly #schema: Schema;
  readonly #turn: UpgradeTurn;
  #rows = 0;

  constructor(options: UpgradeOptions, schema: Schema, turn: UpgradeTurn) {
    this.#options = options;
    this.#schema = schema;
    this.#turn = turn;
  }

  async run(): Promise<UpgradeReport> {
    const { tag } = this.#options;
    const { before, catalogue: text } = this.#turn;
    const resumed = before !== undefined;
    await this.#delete(before?.keys ?? []);
    if (text === "" || before?.phase === "resetting") {
      await this.#turn.end();
      return { status: "empty", changes: [], rows: 0, resumed };
    }
    const stored = parseCatalogue(text, controlKeys(tag).catalogue);
    // A straggler of an upgrade that was interrupted must not write where this one does.
    const numbers = {
      nextSpace: Math.max(stored.nextSpace, before?.nextSpace ?? 0),
      nextPartition: Math.max(stored.nextPartition, before?.nextPartition ?? 0),
    };
    const target = targetOf(this.#schema, { ...stored, ...numbers });
    const { catalogue, differences: changes } = target;
    if (changes.length === 0) {
      await this.#turn.end({ ...stored, ...numbers });
      return { status: resumed ? "upgraded" : "unchanged", changes, rows: 0, resumed };
    }
    const { nextSpace, nextPartition } = catalogue;
    const plan = planOf(target, stored, tag);
    await this.#turn.note({ phase: "building", keys: plan.made, nextSpace, nextPartition });
    const refused = await this.#build(target, stored, plan);
    if (refused.length > 0) {
      await this.#delete(plan.made);
      await this.#turn.end({ ...stored, nextSpace, nextPartition });
      throw new SchemaChangeError(this.#schema.namespace, refused);
    }
    await this.#turn.switch(catalogue, { phase: "cleaning", keys: plan.obsolete, nextSpace, nextPartition });
    await this.#delete(plan.obsolete);
    await this.#turn.end();
    return { status: "upgraded", changes, rows: this.#rows, resumed };
  }

  /** @returns why it cannot be done. */
  async #build(target: Target, stored: StoredCatalogue, plan: ReturnType<typeof planOf>): Promise<SchemaChange[]> {
    const refused = await lossesOf(this.#options, target, stored);
    if (refused.length > 0) return refused;
    const versions = new Map<number, number>();
    for (const { number, backend } of [...stored.partitions, ...target.catalogue.partitions]) {
      if (versions.has(number)) continue;
      const meta = `${partitionTag(this.#options.tag, number)}:m`;
      versions.set(number, numberOf(await this.#link(backend).run(UPGRADE_PARTITION, [meta], [])));
    }
    for (const step of plan.steps) await this.#copy(step, versions.get(step.partition) ?? 0);
    for (const { table, index, key } of plan.checks) {
      const duplicates = await duplicatesUnder(table, index, this.#place(key));
      if (duplicates !== undefined) refused.push(duplicates);
    }
    return refused;
  }

  async #copy(step: CopyStep, version: number): Promise<void> {
    const { table, codec, before, after, isMove, isMerge } = step;
    const { onProgress, now = Date.now } = this.#options;
    const stamp = Buffer.alloc(8);
    stamp.writeDoubleLE(version);
    const from = this.#place(step.from);
    const total = await countRows(from);
    if (total === 0) return;
    const rewriter = new RowRewriter(before.columns, after.columns, codec.columns, now());
    let rows = 0;
    await copyRows({
      from,
      to: step.to === undefined ? undefined : this.#place(step.to),
      codec,
      indexes: step.indexes.map(({ index, to }) => ({ index, to: this.#place(to) })),
      convert(row) {
        const bytes = step.to === undefined ? row : rewriter.rewrite(row);
        // The old version counts commits of another partition.
        if (isMove) bytes.set(stamp);
        return bytes;
      },
      onlyAbsent: isMerge,
      onRows(count) {
        rows += count;
        onProgress?.({ table, rows: Math.min(rows, total), total });
      },
    });
    this.#rows += total;
  }

  async #delete(keys: readonly PlacedKey[]): Promise<void> {
    for (const [backend, key] of keys) await this.#link(backend).command("UNLINK", key, []);
  }

  #link(backend: string | null): RedisLink {
    return this.#options.link(backend ?? undefined);
  }

  #place([backend, key]: PlacedKey): KeyPlace {
    return { link: this.#link(backend), key };
  }
}

async function refuseLosses(
  options: UpgradeOptions,
  target: Target,
  stored: StoredCatalogue,
  schema: Schema,
): Promise<void> {
  const losses = await lossesOf(options, target, stored);
  if (losses.length > 0) throw new SchemaChangeError(schema.namespace, losses);
}
