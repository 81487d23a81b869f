import type { SchemaTexts } from "../../../../compiler/playground/schema-texts.js";

/** Bit 11 of the flags: names are UTF-8. */
const UTF8 = 0x0800;
/** Version 2.0: folders in names. */
const VERSION = 20;
/** 1 January 1980, the first day that the format knows: the same files give the same bytes. */
const DATE = 0x0021;

/** Files as a ZIP archive, stored without compression (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16). */
export function zipOf(files: SchemaTexts): Blob {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const entries: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const name = encoder.encode(path);
    const content = encoder.encode(text);
    const common = [2, UTF8, 2, 0, 2, 0, 2, DATE, 4, crc32(content), 4, content.length, 4, content.length];
    const local = bytesOf(4, 0x04034b50, 2, VERSION, ...common, 2, name.length, 2, 0);
    entries.push(
      bytesOf(
        4,
        0x02014b50,
        2,
        VERSION,
        2,
        VERSION,
        ...common,
        2,
        name.length,
        2,
        0,
        2,
        0,
        2,
        0,
        2,
        0,
        4,
        0,
        4,
        offset,
      ),
      name,
    );
    parts.push(local, name, content);
    offset += local.length + name.length + content.length;
  }
  const size = entries.reduce((total, { length }) => total + length, 0);
  const count = files.length;
  const end = bytesOf(4, 0x06054b50, 2, 0, 2, 0, 2, count, 2, count, 4, size, 4, offset, 2, 0);
  return new Blob([...parts, ...entries, end], { type: "application/zip" });
}

/** Numbers, least byte first. @param fields of each its bytes, then its value. */
function bytesOf(...fields: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const [length = 0, value = 0] = fields.slice(at, at + 2);
    for (let byte = 0; byte < length; byte += 1) bytes.push((value >>> (8 * byte)) & 0xff);
  }
  return new Uint8Array(bytes);
}

/** The checksum of ZIP: polynomial 0xEDB88320, reflected (ISO 3309). */
function crc32(content: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
