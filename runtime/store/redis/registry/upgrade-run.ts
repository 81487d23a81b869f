import type { Schema } from "../../../schema/schema.js";
import { isRefusal } from "../../migration/errors.js";
import { rowsCarried } from "../../migration/progress.js";
import { refuseAll, type UpgradeReport } from "../../migration/request.js";
import { notedOptions } from "../../migration/next-upgrade.js";
import { controlKeys } from "./control-keys.js";
import { parseCatalogue, type StoredCatalogue } from "./stored-catalogue.js";
import type { Target } from "./target.js";
import { build, takePartitions } from "./upgrade-build.js";
import { UpgradeRowsLostError, UpgradeTableDamagedError } from "./upgrade-errors.js";
import { type BuildLayout, layoutOf, type Left, leftBy } from "./upgrade-layout.js";
import { rowProblems, targetPlan } from "./upgrade-look.js";
import { countedTarget, deleteKeys, type UpgradeOptions } from "./upgrade-options.js";
import type { PlacedKey, UpgradeState, UpgradeTurn } from "./upgrade-turn.js";

export const NOTHING = { changes: [], rows: 0, rowsBefore: 0, resumed: false } as const;

/** One `hetu upgrade` on Redis. */
export class Upgrade {
  readonly #options: UpgradeOptions;
  readonly #schema: Schema;
  readonly #turn: UpgradeTurn;

  constructor(options: UpgradeOptions, schema: Schema, turn: UpgradeTurn) {
    this.#options = options;
    this.#schema = schema;
    this.#turn = turn;
  }

  async run(): Promise<UpgradeReport> {
    const { tag, direction = "up" } = this.#options;
    const { before, catalogue: text } = this.#turn;
    const resumed = before !== undefined;
    if (before !== undefined && before.phase !== "building") await deleteKeys(this.#options, before.keys);
    if (text === "" || before?.phase === "resetting") {
      await this.#turn.end();
      return { ...NOTHING, status: "empty", resumed };
    }
    const stored = parseCatalogue(text, controlKeys(tag).catalogue);
    const isUndone = before?.phase === "building" && before.direction === "up";
    const isBack = before?.phase === "cleaning" && before.direction === "down";
    if (direction === "down" && (isUndone || isBack)) {
      await this.#giveUp(stored);
      return { ...NOTHING, ...(isUndone ? { status: "undone", undone: "up" } : { status: "upgraded" }), resumed };
    }
    const target = await this.#target({ ...stored, ...numbersBehind(stored, before) }, before, stored);
    if (target.changes.length === 0) {
      await this.#giveUp(stored);
      if (before?.phase === "building") {
        return { ...NOTHING, status: "undone", undone: before.direction ?? "up", resumed };
      }
      return { ...NOTHING, status: resumed ? "upgraded" : "unchanged", resumed };
    }
    return { ...(await this.#build(target, stored)), resumed };
  }

  /**
   * What was begun is deleted, and servers may start again.
   * @param keys of what this one has written.
   */
  async #giveUp(stored: StoredCatalogue, keys: readonly PlacedKey[] = [], behind = this.#turn.before): Promise<void> {
    const { before } = this.#turn;
    const all = [...(before?.phase === "building" ? before.keys : []), ...keys];
    const numbers = numbersBehind(stored, behind);
    if (all.length > 0) {
      // From here on nobody goes on with it: rows are missing.
      const { direction, options } = before ?? this.#asked;
      await this.#turn.note({
        phase: "building",
        keys: all,
        ...numbers,
        ...(direction && { direction }),
        ...(options && { options }),
      });
      await takePartitions({ ...this.#options, partitions: stored.partitions }, "");
      await deleteKeys(this.#options, all);
    }
    await this.#turn.end({ ...stored, ...numbers });
  }

  /** @throws UpgradeRefusedError, ConsentError, NoWayBackError: what was interrupted stays so, and is as it was. */
  async #target(numbered: StoredCatalogue, before: UpgradeState | undefined, stored: StoredCatalogue): Promise<Target> {
    try {
      const target = await countedTarget(this.#options, this.#schema, numbered);
      await refuseAll(targetPlan(target), () => rowProblems(this.#options, this.#schema, numbered, target));
      return target;
    } catch (error) {
      if (isRefusal(error) && before?.phase !== "building") await this.#turn.end(stored);
      throw error;
    }
  }

  async #build(target: Target, stored: StoredCatalogue): Promise<Omit<UpgradeReport, "resumed">> {
    const { tag, link, direction = "up", now = Date.now } = this.#options;
    const { namespace } = this.#schema;
    const { before } = this.#turn;
    const again = await this.#interrupted(stored);
    const begun: BuildLayout = again.layout ?? (await this.#begin(stored, now()));
    const { plan, catalogue, started } = begun;
    const progress = again.layout === undefined ? {} : this.#turn.progress;
    const numbers = { nextSpace: catalogue.nextSpace, nextPartition: catalogue.nextPartition };
    let rows: number;
    try {
      const partitions = [...stored.partitions, ...catalogue.partitions];
      const request = this.#options;
      rows = await build({
        tag,
        link,
        turn: this.#turn,
        plan,
        namespace,
        stored,
        partitions,
        started,
        request,
        before: progress,
      });
    } catch (error) {
      const isOver =
        isRefusal(error) || error instanceof UpgradeRowsLostError || error instanceof UpgradeTableDamagedError;
      if (isOver) await this.#giveUp(stored, plan.made, { phase: "building", keys: [], ...numbers });
      throw error;
    }
    await this.#turn.switch(catalogue, { phase: "cleaning", keys: plan.obsolete, ...numbers, direction });
    await deleteKeys(this.#options, plan.obsolete);
    await this.#turn.end();
    const changes = target.changes.map(({ description }) => description);
    const anew = before?.phase === "building" ? again.anew : undefined;
    const told = { status: "upgraded" as const, changes, rows, rowsBefore: rowsCarried(progress) };
    return anew === undefined ? told : { ...told, anew };
  }

  /** Whether this upgrade may go on with what an interrupted one has written. */
  async #interrupted(stored: StoredCatalogue): Promise<Left> {
    const left = await leftBy(this.#turn.before, this.#options, this.#schema, stored);
    if (left.anew !== undefined) this.#options.onResume?.({ kind: "begins anew", reason: left.anew });
    return left;
  }

  /** What is noted of what this one was asked for. */
  get #asked(): Pick<UpgradeState, "direction" | "options"> {
    return { direction: this.#options.direction ?? "up", options: notedOptions(this.#options) };
  }

  /** Notes what is about to be done; what was done before goes. */
  async #begin(stored: StoredCatalogue, started: number): Promise<BuildLayout> {
    const { before } = this.#turn;
    // A straggler of an upgrade that was interrupted must not write where this one does.
    const first = numbersBehind(stored, before);
    const old = before?.phase === "building" ? before.keys : [];
    if (old.length > 0) {
      await this.#turn.note({ phase: "building", keys: old, ...first, ...this.#asked });
      await deleteKeys(this.#options, old);
    }
    const layout = await layoutOf(this.#options, this.#schema, { ...stored, ...first }, started);
    const { nextSpace, nextPartition } = layout.catalogue;
    const build = { key: layout.key, started, firstSpace: first.nextSpace, firstPartition: first.nextPartition };
    const { made } = layout.plan;
    await this.#turn.note({ phase: "building", keys: made, nextSpace, nextPartition, ...this.#asked, build });
    return layout;
  }
}

/** The first numbers that nothing has used. */
function numbersBehind(
  stored: StoredCatalogue,
  before: UpgradeState | undefined,
): { readonly nextSpace: number; readonly nextPartition: number } {
  return {
    nextSpace: Math.max(stored.nextSpace, before?.nextSpace ?? 0),
    nextPartition: Math.max(stored.nextPartition, before?.nextPartition ?? 0),
  };
}
