import type { Row } from "../codegen/row.js";
import { writeDelta, writeParts } from "../wire/hetu2/delta.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { Reader, RowView } from "./row-view.js";

const writer = new MessagePackWriter(4096);

/** The rows of a subscription at one moment, shared by all who subscribe before the next change. */
export class Snapshot {
  readonly #id: string;
  readonly #views: readonly RowView[];
  readonly #reader: Reader;
  #get: Uint8Array | undefined;
  #range: Uint8Array | undefined;
  #arrays: Uint8Array | undefined;

  constructor(id: string, views: readonly RowView[], reader: Reader) {
    this.#id = id;
    this.#views = views;
    this.#reader = reader;
  }

  get rows(): readonly Row[] {
    return this.#views.map(({ row }) => row);
  }

  /** `["sub", id, row]` for a `get`, `["sub", id, rows]` for a `range`. */
  hetu1(kind: "get" | "range"): Uint8Array {
    return kind === "get" ? (this.#get ??= this.#encode(kind)) : (this.#range ??= this.#encode(kind));
  }

  /** The rows of hetu.2 as one array. */
  arrays(): Uint8Array {
    return (this.#arrays ??= encodeArrays(this.#views, this.#reader));
  }

  /**
   * The delta of hetu.2 that leads to these rows.
   *
   * @param held ids of the rows that the reader has.
   * @param since the position of the state that it has them in.
   */
  catchUp(held: ReadonlySet<bigint>, since: number): Uint8Array {
    const inserts: Uint8Array[] = [];
    const present = new Set<bigint>();
    for (const view of this.#views) {
      const { id, $version } = view.row;
      present.add(id);
      if ($version > since || !held.has(id)) inserts.push(view.array(view.audience(this.#reader)));
    }
    const deletes = [...held].filter((id) => !present.has(id));
    writer.reset();
    writeDelta(writer, [], inserts, deletes);
    return writer.finish();
  }

  #encode(kind: "get" | "range"): Uint8Array {
    const forms = this.#views.map((view) => view.form(this.#reader));
    writer.reset();
    writer.arrayHeader(3);
    writer.string("sub");
    writer.string(this.#id);
    if (kind === "range") writer.arrayHeader(forms.length);
    for (const form of forms) writer.raw(form);
    return writer.finish();
  }
}

/** Rows of hetu.2 as one array. */
export function encodeArrays(views: readonly RowView[], reader: Reader): Uint8Array {
  const arrays = views.map((view) => view.array(view.audience(reader)));
  writer.reset();
  writeParts(writer, arrays);
  return writer.finish();
}
