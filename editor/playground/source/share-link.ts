import { LINK_KEY, LINK_MAX, TEXT_MAX } from "../../../compiler/playground/link-format.js";

export { LINK_MAX };

/** The part of a link behind `#` that carries a schema. */
export async function linkFragment(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return LINK_KEY + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether an address claims to carry a schema. */
export function hasSchema(hash: string): boolean {
  return hash.startsWith(`#${LINK_KEY}`);
}

/** The schema of an address; `undefined` when it holds none that can be read, or more than a page takes. */
export async function schemaOf(hash: string): Promise<string | undefined> {
  try {
    const binary = atob(
      hash
        .slice(1 + LINK_KEY.length)
        .replaceAll("-", "+")
        .replaceAll("_", "/"),
    );
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const reader = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream("deflate-raw"))
      .pipeThrough(new TextDecoderStream("utf-8", { fatal: true }))
      .getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
      if (text.length > TEXT_MAX) {
        await reader.cancel();
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
}
