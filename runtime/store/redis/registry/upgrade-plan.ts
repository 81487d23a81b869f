import { coreSchema } from "../../../core/schema.js";
import { mayCollide, type TablePlan } from "../../migration/table-plan.js";
import { keptSpaces } from "../../migration/stored-after.js";
import type { WantedIndex } from "../../migration/wanted.js";
import { type PreviousSchema, stepsBack, type StoredTable } from "../../schema/stored-schema.js";
import { partitionTag } from "./control-keys.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import type { Target, TableTarget } from "./target.js";
import type { PlacedKey } from "./upgrade-turn.js";

/** Rows to be written anew, to be indexed, or both. */
export interface CopyStep {
  readonly plan: TablePlan;
  readonly from: PlacedKey;
  /** Their index on `id`. */
  readonly fromIds: PlacedKey;
  /** `undefined`: the rows stay. */
  readonly to: PlacedKey | undefined;
  /** The index on `id`, when it is to be filled. */
  readonly ids: PlacedKey | undefined;
  readonly indexes: readonly { readonly index: WantedIndex; readonly to: PlacedKey }[];
  /** Rows as they were before the last upgrade. */
  readonly kept: PlacedKey | undefined;
  /** Partition that the rows go to. */
  readonly partition: number;
  /** Its meta hash. */
  readonly meta: PlacedKey;
  /** Another partition has counted the versions of the rows. */
  readonly isMove: boolean;
  /** Rows of the runtime's own tables that join those of another partition. */
  readonly isMerge: boolean;
}

/** An index that must not have two rows under one key. */
export interface UniqueCheck {
  readonly plan: TablePlan;
  readonly index: WantedIndex;
  readonly key: PlacedKey;
}

export interface UpgradePlan {
  readonly steps: readonly CopyStep[];
  readonly checks: readonly UniqueCheck[];
  /** Keys that the steps make. */
  readonly made: readonly PlacedKey[];
  /** Keys that nothing needs any more once the new catalogue holds. */
  readonly obsolete: readonly PlacedKey[];
}

export function planOf(target: Target, stored: StoredCatalogue, tag: string): UpgradePlan {
  const { catalogue, tables } = target;
  const placed = placing([...stored.partitions, ...catalogue.partitions], tag);
  const steps = tables.flatMap((table) => stepsOf(table, placed));
  steps.push(...mergesOf(target, placed));
  const checks = tables.flatMap((table) => checksOf(table, placed));
  const isMade = (partition: number): boolean => catalogue.partitions.some(({ number }) => number === partition);
  const gone = stored.partitions.filter(({ number }) => !isMade(number));
  const needed = new Set(
    [
      ...tables.filter(({ after }) => after?.volatile === false).flatMap(({ after, to }) => keysOf(after, to, placed)),
      ...keptKeys(catalogue, placed),
    ].map(String),
  );
  const existing = [...tables.flatMap(({ before, from }) => keysOf(before, from, placed)), ...keptKeys(stored, placed)];
  const obsolete = [
    ...existing.filter((key) => !needed.has(String(key))),
    ...gone.flatMap(({ number }) => [placed(number, "m"), placed(number, "f")]),
  ];
  const known = new Set(existing.map(String));
  const isStored = (partition: number): boolean => stored.partitions.some(({ number }) => number === partition);
  const fresh = catalogue.partitions.filter(({ number }) => !isStored(number));
  const made = [
    ...tables.flatMap(({ after, to }) => keysOf(after, to, placed)).filter((key) => !known.has(String(key))),
    ...fresh.map(({ number }) => placed(number, "m")),
  ];
  return { steps, checks, made, obsolete };
}

type Placed = (partition: number, name: string) => PlacedKey;

/** Gives the keys of partitions, and the backends that they are on. */
export function placing(partitions: StoredCatalogue["partitions"], tag: string): Placed {
  return (partition, name) => [
    partitions.find(({ number }) => number === partition)?.backend ?? null,
    `${partitionTag(tag, partition)}:${name}`,
  ];
}

function keysOf(table: StoredTable | undefined, partitions: readonly number[], placed: Placed): PlacedKey[] {
  if (table === undefined) return [];
  const names = [`t${table.space}`, `i${table.space}`, ...Object.values(table.indexes).map(({ space }) => `i${space}`)];
  return partitions.flatMap((partition) => names.map((name) => placed(partition, name)));
}

/** What is kept for the way back. */
export function keptKeys({ namespaces }: Pick<StoredCatalogue, "namespaces">, placed: Placed): PlacedKey[] {
  const steps = Object.values(namespaces).flatMap((stored) => stepsBack(stored));
  return steps.flatMap((step) => keptTables(step, placed).flatMap(({ keys }) => keys));
}

/** What is kept for one step of it, by table; the rows are the first of the keys. */
export function keptTables(
  step: PreviousSchema,
  placed: Placed,
): { readonly table: string; readonly keys: readonly PlacedKey[] }[] {
  return keptSpaces(step).map(({ table, rows, indexes }) => {
    const partition = step.places?.[table] ?? 0;
    const others = isGone(step.origins, table) ? [rows, ...indexes].map((space) => `i${space}`) : [];
    return { table, keys: [`t${rows}`, ...others].map((name) => placed(partition, name)) };
  });
}

function isGone(origins: Readonly<Record<string, { readonly table: string }>>, table: string): boolean {
  return !Object.values(origins).some((origin) => origin.table === table);
}

function stepsOf({ plan, before, after, from, to, isCore, kept }: TableTarget, placed: Placed): CopyStep[] {
  if (plan.after === undefined || before === undefined || after === undefined) return [];
  if (before.volatile || after.volatile) return [];
  return from.flatMap((source) => {
    const partition = isCore ? source : (to[0] as number);
    if (!to.includes(partition)) return [];
    const isMove = partition !== source;
    const isCopy = isMove || plan.isRewrite;
    const indexes = plan.indexes.flatMap(({ index, from: old }) => {
      const space = after.indexes[index.name]?.space as number;
      return isCopy || old?.space !== space ? [{ index, to: placed(partition, `i${space}`) }] : [];
    });
    if (!isCopy && indexes.length === 0) return [];
    return [
      {
        plan,
        from: placed(source, `t${before.space}`),
        fromIds: placed(source, `i${before.space}`),
        to: isCopy ? placed(partition, `t${after.space}`) : undefined,
        ids: isCopy ? placed(partition, `i${after.space}`) : undefined,
        indexes,
        kept: kept === undefined ? undefined : placed(kept.partition, `t${kept.space}`),
        partition,
        meta: placed(partition, "m"),
        isMove,
        isMerge: false,
      },
    ];
  });
}

/** What systems have noted in a partition goes with the tables that they use. */
function mergesOf({ tables }: Target, placed: Placed): CopyStep[] {
  const moves = new Map<string, { from: number; to: number }>();
  for (const { from, to, before, after } of tables) {
    const [source, target] = [from[0], to[0]];
    if (before === undefined || after === undefined || source === undefined || target === undefined) continue;
    if (source !== target) moves.set(`${source} ${target}`, { from: source, to: target });
  }
  const core = tables.filter(({ plan }) => coreSchema.tables.some((table) => table.name === plan.name));
  return [...moves.values()].flatMap((move) =>
    core.flatMap(({ plan, before, after }): CopyStep[] => {
      if (plan.after === undefined || before === undefined || after === undefined) return [];
      const indexes = plan.after.indexes.map((index) => ({
        index,
        to: placed(move.to, `i${after.indexes[index.name]?.space}`),
      }));
      return [
        {
          plan,
          from: placed(move.from, `t${before.space}`),
          fromIds: placed(move.from, `i${before.space}`),
          to: placed(move.to, `t${after.space}`),
          ids: placed(move.to, `i${after.space}`),
          indexes,
          kept: undefined,
          partition: move.to,
          meta: placed(move.to, "m"),
          isMove: true,
          isMerge: true,
        },
      ];
    }),
  );
}

function checksOf({ plan, before, after, to }: TableTarget, placed: Placed): UniqueCheck[] {
  if (plan.after === undefined || before === undefined || after === undefined) return [];
  if (before.volatile || after.volatile) return [];
  return plan.indexes.flatMap(({ index }) => {
    if (!mayCollide(plan, index)) return [];
    return to.map((partition) => ({ plan, index, key: placed(partition, `i${after.indexes[index.name]?.space}`) }));
  });
}
