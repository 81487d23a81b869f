/** A text with marks taken out, and where they stood. */
export interface Marked {
  readonly text: string;
  /** Offsets of `<|>`, in order. */
  readonly cursors: readonly number[];
  /** Offsets of the texts between `<[` and `]>`, in order. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

const MARKS = /<\|>|<\[|\]>/g;

/** Takes the marks out of a schema: `<|>` is a cursor, `<[` and `]>` are around a range. */
export function marked(source: string): Marked {
  const cursors: number[] = [];
  const open: number[] = [];
  const ranges: { start: number; end: number }[] = [];
  let text = "";
  let from = 0;
  for (const { 0: mark, index } of source.matchAll(MARKS)) {
    text += source.slice(from, index);
    from = index + mark.length;
    if (mark === "<|>") cursors.push(text.length);
    else if (mark === "<[") open.push(text.length);
    else {
      const start = open.pop();
      if (start === undefined) throw new Error(`]> without <[ in: ${source}`);
      ranges.push({ start, end: text.length });
    }
  }
  if (open.length > 0) throw new Error(`<[ without ]> in: ${source}`);
  ranges.sort((a, b) => a.start - b.start);
  return { text: text + source.slice(from), cursors, ranges };
}
