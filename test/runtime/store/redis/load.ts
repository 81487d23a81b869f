import type { Commit, Store } from "../../../../runtime/store/contract.js";
import { StoreClosedError } from "../../../../runtime/store/errors.js";
import type { Position } from "../../../fixtures/world/generated/server-ts/world/index.js";
import { Positions, readsOf } from "../positions.js";

/** Adds 1 to a row's `y`, however often it must be tried. */
export async function increment(store: Store, id: bigint): Promise<void> {
  const positions = new Positions(store);
  for (;;) {
    const { position } = store;
    const before = (await positions.get(id)) as Position;
    const after = positions.table.codec.clone(before);
    after.y++;
    const reads = readsOf({ rows: [{ table: positions.table, id, version: before.$version, position }] });
    const result = await store.commit(reads, [{ table: positions.table, id, before, after }]);
    if (result.status === "committed") return;
  }
}

/** Calls that come in until {@link Load.end}, spread over the stores. */
export class Load {
  done = 0;
  readonly errors: unknown[] = [];
  readonly #lanes: Promise<void>[];
  readonly #waiting: { count: number; resolve: () => void }[] = [];
  #ended = false;

  constructor(stores: readonly Store[], ids: readonly bigint[], lanes: number) {
    this.#lanes = Array.from({ length: lanes }, async (_, lane) => {
      for (let i = lane; !this.#ended; i++) {
        const store = stores[lane % stores.length] as Store;
        try {
          await increment(store, ids[i % ids.length] as bigint);
          this.done++;
          for (const { resolve } of this.#waiting.filter(({ count }) => count <= this.done)) resolve();
        } catch (error) {
          this.errors.push(error);
          if (error instanceof StoreClosedError) return;
          // Lets others run where everything is refused at once.
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    });
  }

  /** Resolves once so many more calls have been answered. */
  more(calls: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count: this.done + calls, resolve }));
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#lanes);
  }
}

/** Collects what a store tells, and checks that it tells every commit once and in order. */
export function follow(store: Store): Commit[] {
  const heard: Commit[] = [];
  store.onCommit((commit) => heard.push(commit));
  return heard;
}

/** Rows to count in. */
export async function counters(store: Store, count: number): Promise<bigint[]> {
  const positions = new Positions(store);
  const ids: bigint[] = [];
  for (let i = 0; i < count; i++) ids.push(await positions.insert({ owner: BigInt(i) }));
  return ids;
}

/** What was counted in all of them. */
export async function sum(store: Store, ids: readonly bigint[]): Promise<number> {
  const positions = new Positions(store);
  const rows = await Promise.all(ids.map((id) => positions.get(id)));
  return rows.reduce((total, row) => total + (row?.y ?? 0), 0);
}
