import { isDeepStrictEqual } from "node:util";
import type { ComponentCodec } from "../../schema/component.js";
import { coreSchema } from "../../core/schema.js";
import type { Schema } from "../../schema/schema.js";
import { SchemaChangeError, StoreUpgradeUnfinishedError } from "../errors.js";
import type { CacheMemory } from "./cache.js";
import { fillIndex } from "./index-builder.js";
import { MAX_SPACE, SPACE_BYTES, spaceEnd, spaceKey } from "./key-space.js";
import { type Lmdb, writeNow } from "./lmdb.js";
import { META_CATALOGUE, readText, textValue } from "./meta.js";
import { RowRewriter } from "../schema/row-rewriter.js";
import { duplicatesOf, notANumberOf, onlyAdds } from "../schema/schema-diff.js";
import {
  storedColumn,
  sameLayout,
  type StoredColumn,
  type StoredIndex,
  type StoredSchema,
  type StoredTable,
} from "../schema/stored-schema.js";
import type { DataProblem } from "../migration/changes.js";
import { planMigration } from "../migration/plan.js";
import type { UpgradeKey } from "../migration/resume.js";
import type { UnfinishedUpgrade } from "../migration/unfinished.js";
import { previousOfStart } from "../migration/stored-after.js";
import { wantedOf } from "../migration/wanted.js";
import { newTable, secondaryIndexes } from "../schema/stored-table.js";
import { IndexState, TableState } from "./table-state.js";

/** What is known of the data of a folder, as JSON in one entry. */
export interface Contents {
  /** Numbers are never used twice. */
  nextSpace: number;
  namespaces: Record<string, StoredSchema>;
  /** There while `hetu upgrade` is under way or was not finished. */
  upgrade?: UpgradeRecord;
}

export interface UpgradeRecord {
  /** `building`: the old data is as it was; `cleaning`: the catalogue is the new one. */
  readonly phase: "building" | "cleaning";
  /** To be emptied when the upgrade goes no further. */
  readonly spaces: readonly number[];
  readonly direction: "up" | "down";
  /** What it was allowed, as it is typed. */
  readonly options?: readonly string[];
  /** While building: what another one must be to go on with it. Left out: it is being given up. */
  readonly build?: BuildState;
}

export interface BuildState {
  readonly namespace: string;
  readonly key: UpgradeKey;
  /** Milliseconds since 1970 UTC. */
  readonly started: number;
}

export function unfinishedOf({ phase, direction, options = [] }: UpgradeRecord): UnfinishedUpgrade {
  return { phase, direction, options };
}

/** How a schema is applied. */
export interface ApplyOptions {
  /** The server goes on rather than starts, with other code: volatile tables whose columns are the same keep their rows. */
  readonly keepVolatile?: boolean;
  /** Names of migrations of the project. Data that begins with this schema has nothing to do with them. */
  readonly migrations?: readonly string[];
}

/** Why a schema cannot be applied. */
class Obstacles {
  /** Something would be lost or invented; the plan of an upgrade tells what. */
  isLossy = false;
  readonly rows: DataProblem[] = [];
}

const START = spaceKey(1, new Uint8Array(0));

/** Which table and index has which number, and the schema that the data was written under. */
export class Catalogue {
  readonly #lmdb: Lmdb;
  readonly #memory: CacheMemory;
  #contents: Contents;

  /** @param memory What the caches of the tables share. */
  constructor(lmdb: Lmdb, memory: CacheMemory) {
    this.#lmdb = lmdb;
    this.#memory = memory;
    this.#contents = readContents(lmdb);
  }

  /**
   * Brings the data to this schema in one transaction.
   * @param firstOrdinal Of the tables that it returns.
   * @throws SchemaChangeError, StoreUpgradeUnfinishedError
   */
  apply(schema: Schema, firstOrdinal: number, position: number, options: ApplyOptions): TableState[] {
    const { upgrade } = this.#contents;
    if (upgrade !== undefined) throw new StoreUpgradeUnfinishedError(unfinishedOf(upgrade));
    const before = structuredClone(this.#contents);
    try {
      return writeNow(this.#lmdb, () => this.#apply(schema, firstOrdinal, position, options));
    } catch (error) {
      this.#contents = before;
      throw error;
    }
  }

  /** Deletes all tables of all namespaces. Call it in a write transaction. */
  clear(): void {
    for (const key of [...this.#lmdb.getKeys({ start: START })]) void this.#lmdb.remove(key);
    this.#contents = { nextSpace: this.#contents.nextSpace, namespaces: {} };
    this.#save();
  }

  #apply(schema: Schema, firstOrdinal: number, position: number, options: ApplyOptions): TableState[] {
    const { keepVolatile = false, migrations } = options;
    const known = this.#contents.namespaces[schema.namespace];
    const stored = known?.tables ?? {};
    const obstacles = new Obstacles();
    this.#removed(schema, stored, obstacles);
    if (known === undefined) {
      const description = strangersIn(this.#lmdb, this.#contents, schema.namespace);
      if (description !== undefined) obstacles.rows.push({ component: schema.namespace, description, allow: [] });
    }
    const tables: Record<string, StoredTable> = {};
    const found = schema.tables.map(({ name, component }) => {
      const codec = schema.components.find((candidate) => candidate.name === component);
      if (codec === undefined) throw new Error(`table ${name} is of the unknown component ${component}`);
      const columns = codec.columns.map(storedColumn);
      const table = this.#bring(name, codec, columns, stored[name], keepVolatile, obstacles);
      tables[name] = table;
      return { name, codec, table };
    });
    if (obstacles.isLossy || obstacles.rows.length > 0) {
      const rowsOf = (table: string): number => (this.#isEmpty(stored[table]?.space ?? 0) ? 0 : 1);
      const { changes, problems } = planMigration(known, wantedOf(schema, known), { rowsOf });
      throw new SchemaChangeError(schema.namespace, changes, problems, obstacles.rows);
    }
    const { fingerprint, model } = schema;
    const isChange = known !== undefined && !isDeepStrictEqual(known.tables, tables);
    this.#contents.namespaces[schema.namespace] = {
      ...(known ?? (migrations === undefined ? {} : { migrations })),
      ...(isChange ? { previous: previousOfStart(known, tables, Date.now()) } : {}),
      fingerprint,
      model,
      tables,
    };
    this.#save();
    return found.map(({ name, codec, table }, i) =>
      stateOf(name, codec, table, firstOrdinal + i, position, this.#memory),
    );
  }

  #removed(schema: Schema, stored: StoredSchema["tables"], obstacles: Obstacles): void {
    for (const [name, table] of Object.entries(stored)) {
      if (schema.tables.some((candidate) => candidate.name === name)) continue;
      if (table.volatile || this.#isEmpty(table.space)) this.#drop(table);
      else obstacles.isLossy = true;
    }
  }

  /** Makes one table fit; what cannot be done is noted in `obstacles`. */
  #bring(
    name: string,
    codec: ComponentCodec,
    columns: readonly StoredColumn[],
    stored: StoredTable | undefined,
    keepVolatile: boolean,
    obstacles: Obstacles,
  ): StoredTable {
    if (stored === undefined) return newTable(codec, () => this.#newSpace());
    const kept = keepVolatile && stored.volatile === codec.volatile && sameLayout(stored.columns, columns);
    if (codec.volatile && !stored.volatile && !this.#isEmpty(stored.space)) {
      obstacles.isLossy = true;
      return stored;
    }
    if ((stored.volatile || codec.volatile) && !kept) this.#drop(stored);
    if (!this.#isEmpty(stored.space)) {
      if (!onlyAdds(codec, stored.columns, columns)) {
        obstacles.isLossy = true;
        return stored;
      }
      if (!sameLayout(stored.columns, columns)) this.#rewrite(stored, columns, codec);
    }
    const table = { ...stored, component: codec.name, volatile: codec.volatile, columns };
    return { ...table, indexes: this.#indexes(name, codec, table, obstacles.rows) };
  }

  #rewrite(table: StoredTable, columns: readonly StoredColumn[], codec: ComponentCodec): void {
    const rewriter = new RowRewriter(table.columns, columns, codec.columns, Date.now());
    for (const key of this.#keys(table.space)) {
      const row = this.#lmdb.getBinary(key);
      if (row !== undefined) void this.#lmdb.put(key, rewriter.rewrite(row));
    }
  }

  #indexes(
    name: string,
    codec: ComponentCodec,
    table: StoredTable,
    obstacles: DataProblem[],
  ): Record<string, StoredIndex> {
    const indexes: Record<string, StoredIndex> = {};
    for (const index of secondaryIndexes(codec)) {
      const old = table.indexes[index.name];
      if (old?.unique === index.unique) {
        indexes[index.name] = old;
        continue;
      }
      const built = { space: this.#newSpace(), unique: index.unique };
      indexes[index.name] = built;
      const obstacle = fillIndex(this.#lmdb, codec, index, built.space, this.#keys(table.space));
      if (obstacle?.kind === "duplicates") obstacles.push(duplicatesOf(name, index, obstacle.ids));
      if (obstacle?.kind === "not a number") obstacles.push(notANumberOf(name, index, obstacle.id));
    }
    for (const [old, { space }] of Object.entries(table.indexes)) {
      if (indexes[old]?.space !== space) this.#empty(space);
    }
    return indexes;
  }

  #drop(table: StoredTable): void {
    this.#empty(table.space);
    for (const { space } of Object.values(table.indexes)) this.#empty(space);
  }

  #empty(space: number): void {
    for (const key of this.#keys(space)) void this.#lmdb.remove(key);
  }

  #isEmpty(space: number): boolean {
    return this.#keys(space, 1).length === 0;
  }

  /** Collected first: nothing may change under a cursor. */
  #keys(space: number, limit?: number): Uint8Array[] {
    const start = spaceKey(space, new Uint8Array(0)).subarray(0, SPACE_BYTES);
    return [...this.#lmdb.getKeys({ start, end: spaceEnd(space), limit })];
  }

  #newSpace(): number {
    const space = this.#contents.nextSpace++;
    if (space >= MAX_SPACE)
      throw new Error(`the store has no number left for a table or index: ${MAX_SPACE} were used`);
    return space;
  }

  #save(): void {
    saveContents(this.#lmdb, this.#contents);
  }
}

/** The catalogue of a folder; of one without data an empty one. */
export function readContents(lmdb: Lmdb): Contents {
  const text = readText(lmdb, META_CATALOGUE);
  return text === undefined ? { nextSpace: 1, namespaces: {} } : (JSON.parse(text) as Contents);
}

/**
 * A folder has the data of one namespace beside that of the runtime: rows of another one would lie there unseen.
 * @returns what is told of them; `undefined`: there are none.
 */
export function strangersIn(lmdb: Lmdb, { namespaces }: Contents, namespace: string): string | undefined {
  const found = Object.entries(namespaces).flatMap(([name, { tables }]) => {
    if (name === namespace || name === coreSchema.namespace) return [];
    const filled = Object.entries(tables).filter(([, { volatile, space }]) => {
      const start = spaceKey(space, new Uint8Array(0));
      return !volatile && [...lmdb.getKeys({ start, end: spaceEnd(space), limit: 1 })].length > 0;
    });
    return filled.length === 0 ? [] : [`${name} (${filled.map(([table]) => table).join(", ")})`];
  });
  if (found.length === 0) return undefined;
  return (
    `the folder has rows of namespace ${found.join(" and ")}, which schema ${namespace} would not see: ` +
    "give the namespace its old name, or this one a folder of its own"
  );
}

/** Call it in a write transaction. */
export function saveContents(lmdb: Lmdb, contents: Contents): void {
  void lmdb.put(META_CATALOGUE, textValue(JSON.stringify(contents)));
}

function stateOf(
  name: string,
  codec: ComponentCodec,
  table: StoredTable,
  ordinal: number,
  position: number,
  memory: CacheMemory,
): TableState {
  const indexes = codec.indexes.map((index, i) => {
    const space = i === 0 ? table.space : (table.indexes[index.name] as StoredIndex).space;
    return new IndexState(index, space, i === 0, position, memory);
  });
  return new TableState(name, codec, ordinal, table.space, indexes, position, memory);
}
