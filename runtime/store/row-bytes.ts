import { ByteReader } from "../codegen/byte-reader.js";
import type { ByteWriter } from "../codegen/byte-writer.js";
import type { Row } from "../codegen/row.js";
import type { ComponentCodec } from "../schema/component.js";

/** Stored rows start with their version, a little-endian double; the packed row follows. */
export const VERSION_BYTES = 8;

/** Appends version and packed row. */
export function writeRow<R extends Row>(codec: ComponentCodec<R>, row: R, writer: ByteWriter): void {
  writer.f64(row.$version);
  codec.encode(row, writer);
}

/** Reads stored rows; one reader serves them all. */
export class RowReader {
  readonly #bytes = new ByteReader(new Uint8Array(0));

  /** A fresh row that keeps nothing of the bytes. */
  read<R extends Row>(codec: ComponentCodec<R>, id: bigint, bytes: Uint8Array): R {
    const reader = this.#bytes.reset(bytes);
    return codec.decode(id, reader.f64(), reader);
  }
}
