import { type Cells, cellsOf } from "./cells.js";
import type { Viewer } from "./contract.js";
import { SharedUpdate } from "./live-update.js";
import type { Reader } from "./row-view.js";
import { Snapshot } from "./snapshot.js";
import type { Delta, Entry } from "./window.js";

/**
 * The subscribers of one query under one id, by what they may see of a row. (Clients may write the same bounds in
 * different ways, which gives different ids for one query.)
 */
export class Channel {
  readonly id: string;
  /** What hetu.2 calls it. */
  readonly number: number;
  #viewers: Map<Reader, Set<Viewer>> | undefined;
  /** The only viewer and its kind, as long as there is but one: most channels never have more. */
  #only: Viewer | undefined;
  #onlyReader: Reader = "public";
  /** Those taken since the last change. */
  #snapshots: Map<Reader, Snapshot> | undefined;

  constructor(id: string, number: number) {
    this.id = id;
    this.number = number;
  }

  get empty(): boolean {
    return this.#only === undefined && (this.#viewers === undefined || this.#viewers.size === 0);
  }

  add(viewer: Viewer, reader: Reader): void {
    if (this.empty) {
      this.#only = viewer;
      this.#onlyReader = reader;
      return;
    }
    this.#viewers ??= new Map<Reader, Set<Viewer>>();
    if (this.#only !== undefined) this.#viewers.set(this.#onlyReader, new Set([this.#only]));
    this.#only = undefined;
    const viewers = this.#viewers.get(reader);
    if (viewers === undefined) this.#viewers.set(reader, new Set([viewer]));
    else viewers.add(viewer);
  }

  remove(viewer: Viewer, reader: Reader): void {
    if (this.#only === viewer && this.#onlyReader === reader) this.#only = undefined;
    const viewers = this.#viewers?.get(reader);
    if (viewers?.delete(viewer) === true && viewers.size === 0) this.#viewers?.delete(reader);
  }

  snapshot(entries: readonly Entry[], reader: Reader): Snapshot {
    // A user who owns none of the rows gets what everybody gets.
    const special = reader === "admin" || (reader !== "public" && entries.some(({ view }) => view.owner === reader));
    const form = special ? reader : "public";
    this.#snapshots ??= new Map<Reader, Snapshot>();
    let snapshot = this.#snapshots.get(form);
    if (snapshot === undefined) {
      // The views are taken now: entries go on to change.
      const views = entries.map(({ view }) => view);
      snapshot = new Snapshot(this.id, views, form);
      this.#snapshots.set(form, snapshot);
    }
    return snapshot;
  }

  /**
   * Delivers a change: encoded once for each kind of reader that sees something different, and one call a viewer.
   *
   * @param owners Users that own one of the rows, before or after: only they may get more than the public.
   * @param cells The change as a kind of reader gets it, remembered across channels.
   */
  publish(position: number, owners: ReadonlySet<bigint>, cells: (reader: Reader) => Cells): void {
    this.#snapshots = undefined;
    let everybody: SharedUpdate | undefined;
    const updateFor = (reader: Reader): SharedUpdate | undefined => {
      const special = reader === "admin" || (reader !== "public" && owners.has(reader));
      const seen = cells(special ? reader : "public");
      if (seen.size === 0) return undefined;
      if (special) return new SharedUpdate(this.id, this.number, position, seen);
      return (everybody ??= new SharedUpdate(this.id, this.number, position, seen));
    };
    if (this.#only !== undefined) {
      const update = updateFor(this.#onlyReader);
      if (update !== undefined) this.#only.deliver(update);
      return;
    }
    for (const [reader, viewers] of this.#viewers ?? []) {
      const update = updateFor(reader);
      if (update !== undefined) for (const viewer of viewers) viewer.deliver(update);
    }
  }
}

/** Works out a change for each kind of reader at most once. */
export function rememberCells(deltas: readonly Delta[]): (reader: Reader) => Cells {
  const known = new Map<Reader, Cells>();
  return (reader) => {
    let cells = known.get(reader);
    if (cells === undefined) {
      cells = cellsOf(deltas, reader);
      known.set(reader, cells);
    }
    return cells;
  };
}
