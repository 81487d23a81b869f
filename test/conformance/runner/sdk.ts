import type * as world from "../../fixtures/world/generated/client-ts/world/index.js";
import type * as layers from "../../fixtures/world/generated/client-ts/sdk/layers.js";

/** The client of the fixture, in whichever language it was generated. */
export interface Sdk {
  readonly world: typeof world;
  readonly layers: typeof layers;
}

/** A query of whatever component. */
export interface AnyQuery {
  range(index: string, left: unknown, right: unknown, options: { limit?: number; desc?: boolean }): AnyLive;
  get(key: Readonly<Record<string, unknown>>): AnyLive;
}

type AnyRow = Readonly<Record<string, unknown>>;

export interface AnyLive {
  readonly ready: Promise<void>;
  readonly stale: boolean;
  readonly error: Error | undefined;
  readonly rows?: readonly AnyRow[];
  readonly row?: AnyRow | undefined;
  onInsert(handler: (row: AnyRow) => void): unknown;
  onUpdate(handler: (row: AnyRow, old: AnyRow) => void): unknown;
  onDelete(handler: (old: AnyRow) => void): unknown;
  onStale(handler: () => void): unknown;
  onResynced(handler: () => void): unknown;
  onError(handler: (error: Error) => void): unknown;
  dispose(): void;
}

/** The rows that a live query shows. */
export function rowsOf(live: AnyLive): readonly AnyRow[] {
  return live.rows ?? (live.row === undefined ? [] : [live.row]);
}
