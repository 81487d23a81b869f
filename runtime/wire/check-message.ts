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
  const end = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  /** Values still to come at each open level; the outermost level is the message itself. */
  const open: number[] = [1];
  let at = 0;

  const need = (count: number): void => {
    if (end - at < count) throw new WireError(`message of ${end} bytes ends inside of a value`);
  };
  const skip = (count: number): void => {
    need(count);
    at += count;
  };
  const enter = (count: number): void => {
    need(count);
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
    need(1);
    const head = view.getUint8(at++);
    if (head <= 0x7f || head >= 0xe0) continue;
    if (head <= 0x8f) enter((head & 0x0f) * 2);
    else if (head <= 0x9f) enter(head & 0x0f);
    else if (head <= 0xbf) skip(head & 0x1f);
    else if (head === 0xc4 || head === 0xd9) (need(1), skip(1 + view.getUint8(at)));
    else if (head === 0xc5 || head === 0xda) (need(2), skip(2 + view.getUint16(at)));
    else if (head === 0xc6 || head === 0xdb) (need(4), skip(4 + view.getUint32(at)));
    else if (head === 0xdc) (need(2), (at += 2), enter(view.getUint16(at - 2)));
    else if (head === 0xdd) (need(4), (at += 4), enter(view.getUint32(at - 4)));
    else if (head === 0xde) (need(2), (at += 2), enter(view.getUint16(at - 2) * 2));
    else if (head === 0xdf) (need(4), (at += 4), enter(view.getUint32(at - 4) * 2));
    else skip(fixedLength(head));
  }
  if (at !== end) throw new WireError(`${end - at} bytes follow the message`);
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
