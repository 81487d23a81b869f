import { coreSchema } from "../../../core/schema.js";
import type { ComponentCodec, IndexCodec } from "../../../schema/component.js";
import type { StoredTable } from "../../schema/stored-schema.js";
import { secondaryIndexes } from "../../schema/stored-table.js";
import { partitionTag } from "./control-keys.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import type { Target, TableTarget } from "./target.js";
import type { PlacedKey } from "./upgrade-turn.js";

/** Rows to be written anew, to be indexed, or both. */
export interface CopyStep {
  readonly table: string;
  readonly codec: ComponentCodec;
  readonly before: StoredTable;
  readonly after: StoredTable;
  readonly from: PlacedKey;
  /** `undefined`: the rows stay. */
  readonly to: PlacedKey | undefined;
  readonly indexes: readonly { readonly index: IndexCodec; readonly to: PlacedKey }[];
  /** Partition that the rows go to. */
  readonly partition: number;
  /** Another partition has counted the versions of the rows. */
  readonly isMove: boolean;
  /** Rows of the runtime's own tables that join those of another partition. */
  readonly isMerge: boolean;
}

/** An index that must not have two rows under one key. */
export interface UniqueCheck {
  readonly table: string;
  readonly index: IndexCodec;
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
  const known = [...stored.partitions, ...catalogue.partitions];
  const placed = (partition: number, name: string): PlacedKey => [
    known.find(({ number }) => number === partition)?.backend ?? null,
    `${partitionTag(tag, partition)}:${name}`,
  ];
  const steps = tables.flatMap((table) => stepsOf(table, placed));
  steps.push(...mergesOf(target, placed));
  const checks = tables.flatMap((table) => checksOf(table, placed));
  const isMade = (partition: number): boolean => catalogue.partitions.some(({ number }) => number === partition);
  const gone = stored.partitions.filter(({ number }) => !isMade(number));
  const kept = new Set(
    tables
      .filter(isKept)
      .flatMap(({ after, to }) => keysOf(after, to, placed))
      .map(String),
  );
  const obsolete = [
    ...tables.flatMap(({ before, from }) => keysOf(before, from, placed)).filter((key) => !kept.has(String(key))),
    ...gone.flatMap(({ number }) => [placed(number, "m"), placed(number, "f")]),
  ];
  const existing = new Set(tables.flatMap(({ before, from }) => keysOf(before, from, placed)).map(String));
  const made = tables.flatMap(({ after, to }) => keysOf(after, to, placed)).filter((key) => !existing.has(String(key)));
  return { steps, checks, made, obsolete };
}

/** Rows of volatile tables are deleted, wherever they lie. */
function isKept({ after }: TableTarget): boolean {
  return after?.volatile === false;
}

type Placed = (partition: number, name: string) => PlacedKey;

function keysOf(table: StoredTable | undefined, partitions: readonly number[], placed: Placed): PlacedKey[] {
  if (table === undefined) return [];
  const names = [`t${table.space}`, `i${table.space}`, ...Object.values(table.indexes).map(({ space }) => `i${space}`)];
  return partitions.flatMap((partition) => names.map((name) => placed(partition, name)));
}

function stepsOf({ name, codec, before, after, from, to, isRewrite }: TableTarget, placed: Placed): CopyStep[] {
  if (codec === undefined || before === undefined || after === undefined) return [];
  if (before.volatile || after.volatile) return [];
  const isCore = to.length > 1 || coreSchema.tables.some((table) => table.name === name);
  return from.flatMap((source) => {
    const partition = isCore ? source : (to[0] as number);
    if (!to.includes(partition)) return [];
    const isMove = partition !== source;
    const isCopy = isMove || isRewrite;
    const indexes = codec.indexes.flatMap((index, i) => {
      const space = i === 0 ? after.space : (after.indexes[index.name]?.space as number);
      const isNew = i === 0 ? isCopy : isCopy || before.indexes[index.name]?.space !== space;
      return isNew ? [{ index, to: placed(partition, `i${space}`) }] : [];
    });
    if (!isCopy && indexes.length === 0) return [];
    return [
      {
        table: name,
        codec,
        before,
        after,
        from: placed(source, `t${before.space}`),
        to: isCopy ? placed(partition, `t${after.space}`) : undefined,
        indexes,
        partition,
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
  const core = tables.filter(({ name }) => coreSchema.tables.some((table) => table.name === name));
  return [...moves.values()].flatMap((move) =>
    core.flatMap(({ name, codec, before, after }) => {
      if (codec === undefined || before === undefined || after === undefined) return [];
      const indexes = codec.indexes.map((index, i) => {
        const space = i === 0 ? after.space : (after.indexes[index.name]?.space as number);
        return { index, to: placed(move.to, `i${space}`) };
      });
      const [source, to] = [placed(move.from, `t${before.space}`), placed(move.to, `t${after.space}`)];
      const shared = { table: name, codec, before, after, from: source, to, indexes, partition: move.to };
      return [{ ...shared, isMove: true, isMerge: true }];
    }),
  );
}

function checksOf({ name, codec, before, after, to }: TableTarget, placed: Placed): UniqueCheck[] {
  if (codec === undefined || before === undefined || after === undefined || after.volatile) return [];
  return secondaryIndexes(codec).flatMap((index) => {
    if (!index.unique || before.indexes[index.name]?.unique === true) return [];
    return to.map((partition) => ({
      table: name,
      index,
      key: placed(partition, `i${after.indexes[index.name]?.space}`),
    }));
  });
}
