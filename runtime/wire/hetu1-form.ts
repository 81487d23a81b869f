import { GrowingBytes } from "./growing-bytes.js";
import { WireError } from "./wire-error.js";

/**
 * Values as hetu.1 has them, out of the same values as hetu.2 has them: `bool` becomes 0 or 1, float32 becomes float64.
 * Everything else is the same on both.
 *
 * @param bytes MessagePack that was written by us, one or more values.
 * @returns `bytes` itself when it has neither.
 */
export function hetu1Form(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let copied = 0;
  let at = 0;
  let copy: Copy | undefined;
  while (at < bytes.length) {
    const head = view.getUint8(at);
    if (head === 0xc2 || head === 0xc3 || head === 0xca) {
      copy ??= new Copy(bytes.length * 2);
      copy.raw(bytes.subarray(copied, at));
      if (head === 0xca) copy.float64(view.getFloat32(at + 1));
      else copy.byte(head & 1);
      at += head === 0xca ? 5 : 1;
      copied = at;
    } else {
      at += 1 + bodyLength(view, head, at + 1);
    }
  }
  if (copy === undefined) return bytes;
  copy.raw(bytes.subarray(copied));
  return copy.finish();
}

class Copy extends GrowingBytes {
  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  float64(value: number): void {
    this.reserve(9);
    this.bytes[this.position] = 0xcb;
    this.view.setFloat64(this.position + 1, value);
    this.position += 9;
  }
}

/** Bytes between a head and the next one: elements of arrays and maps are heads of their own. */
function bodyLength(view: DataView, head: number, at: number): number {
  if (head <= 0x9f || head >= 0xe0) return 0;
  if (head <= 0xbf) return head & 0x1f;
  switch (head) {
    case 0xc0:
      return 0;
    case 0xc4:
    case 0xd9:
      return 1 + view.getUint8(at);
    case 0xc5:
    case 0xda:
      return 2 + view.getUint16(at);
    case 0xc6:
    case 0xdb:
      return 4 + view.getUint32(at);
    case 0xcc:
    case 0xd0:
      return 1;
    case 0xcd:
    case 0xd1:
    case 0xdc:
    case 0xde:
      return 2;
    case 0xce:
    case 0xd2:
    case 0xdd:
    case 0xdf:
      return 4;
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return 8;
    default:
      throw new WireError(`byte 0x${head.toString(16)} starts no value that a frame may have`);
  }
}
