import { LINK_KEYS, LINK_MAX, ONLY_PATH, packedAs, TEXT_MAX } from "../../../compiler/playground/link-format.js";
import { asSchemaTexts, type SchemaTexts } from "../../../compiler/playground/schema-texts.js";

export { LINK_MAX };

/** The part of a link behind `#` that carries a schema. */
export async function linkFragment(files: SchemaTexts): Promise<string> {
  const [key, text] = packedAs(files);
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return key + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether an address claims to carry a schema. */
export function hasSchema(hash: string): boolean {
  return Object.values(LINK_KEYS).some((key) => hash.startsWith(`#${key}`));
}

/** The schema of an address; `undefined` when it holds none that can be read, or more than a page takes. */
export async function schemaOf(hash: string): Promise<SchemaTexts | undefined> {
  try {
    if (hash.startsWith(`#${LINK_KEYS.text}`)) {
      const text = await unpacked(hash.slice(1 + LINK_KEYS.text.length));
      return text === undefined ? undefined : [[ONLY_PATH, text]];
    }
    const json = await unpacked(hash.slice(1 + LINK_KEYS.files.length));
    return json === undefined ? undefined : asSchemaTexts(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** @throws when it is not what {@link linkFragment} packs; gives `undefined` when it is too much. */
async function unpacked(packed: string): Promise<string | undefined> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
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
}
