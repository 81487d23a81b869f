import { WireError } from "./wire-error.js";

/**
 * Walks over one MessagePack value without building it, and refuses what would make a decoder allocate more than the
 * message itself justifies: a header of a few bytes may announce four billion elements, and such headers nest. After
 * this walk every announced element is known to be present.
 *
 * Reference: the MessagePack specification's format table. Extension types are refused: no frame has any.
 *
 * @param bytes one whole message.
 * @param maxDepth arrays and maps that may be open at a time.
 * @throws WireError when the value is cut off, followed by more bytes, nested too deeply or contains an extension.
 */
export function checkMessage(bytes: Uint8Array, maxDepth: number): void {
  const at = valueEnd(bytes, 0, maxDepth);
  if (at !== bytes.length) throw new WireError(`${bytes.length - at} bytes follow the message`);
}

/**
 * The same walk over the value that starts at `start`, where others may follow.
 *
 * @returns where the value ends.
 * @throws WireError
 */
export function valueEnd(bytes: Uint8Array, start: number, maxDepth: number): number {
  const end = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  /** Values still to come at each open level; the outermost level is the message itself. */
  const open: number[] = [1];
  let at = start;

  const skip = (count: number): void => {
    if (end - at < count) throw new WireError(`a message of ${end} bytes ends inside of a value`);
    at += count;
  };
  /** A length of so many bytes, big-endian. */
  const length = (width: 1 | 2 | 4): number => {
    skip(width);
    return width === 1 ? view.getUint8(at - 1) : width === 2 ? view.getUint16(at - 2) : view.getUint32(at - 4);
  };
  const enter = (count: number): void => {
    // Every value takes a byte or more: so the walk ends, however much is announced.
    if (end - at < count) throw new WireError(`a message of ${end} bytes announces ${count} values at byte ${at}`);
    if (open.length > maxDepth) throw new WireError(`arrays and maps are nested deeper than ${maxDepth}`);
    open.push(count);
  };

  while (open.length > 0) {
    const level = open.length - 1;
    const left = open[level] ?? 0;
    if (left === 0) {
      open.pop();
      continue;
    }
    open[level] = left - 1;
    skip(1);
    const head = view.getUint8(at - 1);
    if (head <= 0x7f || head >= 0xe0) continue;
    if (head <= 0x8f) enter((head & 0x0f) * 2);
    else if (head <= 0x9f) enter(head & 0x0f);
    else if (head <= 0xbf) skip(head & 0x1f);
    else if (head === 0xc4 || head === 0xd9) skip(length(1));
    else if (head === 0xc5 || head === 0xda) skip(length(2));
    else if (head === 0xc6 || head === 0xdb) skip(length(4));
    else if (head === 0xdc) enter(length(2));
    else if (head === 0xdd) enter(length(4));
    else if (head === 0xde) enter(length(2) * 2);
    else if (head === 0xdf) enter(length(4) * 2);
    else skip(fixedLength(head));
  }
  return at;
}

/** Bytes after the head of nil, booleans, floats and integers. */
function fixedLength(head: number): number {
  switch (head) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return 0;
    case 0xcc:
    case 0xd0:
      return 1;
    case 0xcd:
    case 0xd1:
      return 2;
    case 0xca:
    case 0xce:
    case 0xd2:
      return 4;
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return 8;
    default:
      throw new WireError(`byte 0x${head.toString(16)} starts no value that a frame may have`);
  }
}
