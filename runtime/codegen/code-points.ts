/** The length of a text as the schema counts it: in code points; a lone second half of a pair counts nothing. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // The second half of a pair counts with the first.
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}
