import type { Annotated } from "../syntax/tree.js";

/** What `///` lines say; `undefined` where there are none, or nothing is written on them yet. */
export function docText({ doc }: Annotated): string | undefined {
  const text = doc?.lines.join("\n") ?? "";
  return text.trim() === "" ? undefined : text;
}
