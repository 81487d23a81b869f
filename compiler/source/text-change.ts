/** Characters that are compared at a time. */
const CHUNK = 1024;

/** How one text became another: what stood from `start` to `oldEnd` is now what stands from `start` to `newEnd`. */
export interface TextChange {
  readonly start: number;
  /** In the old text. */
  readonly oldEnd: number;
  /** In the new text. */
  readonly newEnd: number;
}

/** The smallest single change that makes one text of another. */
export function changeBetween(before: string, text: string): TextChange {
  const start = commonStart(before, text);
  const end = commonEnd(before, text, start);
  return { start, oldEnd: before.length - end, newEnd: text.length - end };
}

/** How far what stands behind a change has moved. */
export function shiftOf({ oldEnd, newEnd }: TextChange): number {
  return newEnd - oldEnd;
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length + CHUNK <= most && a.slice(length, length + CHUNK) === b.slice(length, length + CHUNK)) length += CHUNK;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** @param start what is in common at the start, which counts once. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  const chunkOf = (text: string, length: number): string =>
    text.slice(text.length - length - CHUNK, text.length - length);
  let length = 0;
  while (length + CHUNK <= most && chunkOf(a, length) === chunkOf(b, length)) length += CHUNK;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}
