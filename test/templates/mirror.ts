import type { Row } from "../fixtures/world/generated/client-ts/sdk/index.js";

/** A live query of whatever component. */
export interface AnyLiveQuery {
  readonly ready: Promise<void>;
  onInsert(handler: (row: Row) => void): unknown;
  onUpdate(handler: (row: Row, old: Row) => void): unknown;
  onDelete(handler: (old: Row) => void): unknown;
  onError(handler: (error: Error) => void): unknown;
  dispose(): void;
}

/** The rows of a live query as its callbacks alone tell them; each must make sense of what was told before. */
export class Mirror {
  readonly rows: Map<bigint, Row> = new Map();
  readonly mistakes: string[] = [];

  constructor(query: AnyLiveQuery) {
    query.onInsert((row) => {
      if (this.rows.has(row.id)) this.mistakes.push(`a second insert of ${row.id}`);
      this.rows.set(row.id, row);
    });
    query.onUpdate((row, old) => {
      if (this.rows.get(row.id) !== old) this.mistakes.push(`an update of ${row.id} from a row that was never told`);
      if (plain(row) === plain(old)) this.mistakes.push(`an update of ${row.id} that changes nothing`);
      this.rows.set(row.id, row);
    });
    query.onDelete((old) => {
      if (this.rows.get(old.id) !== old) this.mistakes.push(`a delete of ${old.id}, which was never told so`);
      this.rows.delete(old.id);
    });
  }
}

function plain(row: Row): string {
  return JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}
