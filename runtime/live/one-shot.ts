import type { MaybePromise, Store } from "../store/contract.js";
import { writePage } from "../wire/hetu2/server-frames.js";
import type { LiveOptions, ReadRequest, ReadResult, Viewer } from "./contract.js";
import { countRows, type PageRows, readCursor, readPage, type RowCount } from "./read-page.js";
import { checkIndex, readRange } from "./request.js";
import { RowView } from "./row-view.js";
import { encodeArrays } from "./snapshot.js";
import type { TableQueries } from "./table-queries.js";

const NOTHING: RowCount = { count: 0, position: 0 };

/**
 * Answers a one-shot read from the store: what a subscription of the same range would show, a page at a time.
 * @throws RefusedError for bounds, a cursor or a limit that make no sense, and when too many rows must be looked at.
 */
export function readOnce(
  store: Store,
  queries: TableQueries,
  viewer: Viewer,
  request: ReadRequest,
  options: LiveOptions,
): MaybePromise<ReadResult> {
  const { maxScan } = options;
  const { table, access } = queries;
  const { spec } = readRange(table, request, options);
  checkIndex(queries, spec, viewer);
  if (!access.mayRead(viewer)) return { status: "forbidden", position: store.position };
  const after = request.after === undefined ? undefined : readCursor(spec, request.after);
  const visibility = access.visibility(viewer, spec.index);
  const reader = access.reader(viewer);
  const rows = visibility && readPage(store, spec, visibility, after, maxScan);
  const count = request.count
    ? visibility === undefined
      ? NOTHING
      : countRows(store, spec, visibility, maxScan)
    : undefined;
  const answer = (page: PageRows | undefined, counted: RowCount | undefined): ReadResult => {
    const found = page?.rows ?? [];
    const total = counted?.count;
    const views = found.map((row) => new RowView(table.codec, row));
    return {
      status: "page",
      rows: found,
      count: total,
      next: page?.next,
      position: page === undefined ? store.position : Math.max(page.position, counted?.position ?? 0),
      hetu2: () => writePage(encodeArrays(views, reader), total, page?.next),
    };
  };
  if (!(rows instanceof Promise) && !(count instanceof Promise)) return answer(rows, count);
  return Promise.all([rows, count]).then(([page, total]) => answer(page, total));
}
