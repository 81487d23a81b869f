import type { SchemaTexts } from "./schema-texts.js";

/**
 * How a link of the playground carries a schema: a key, and a text in UTF-8, raw deflate (RFC 1951), base64url without
 * padding (RFC 4648, section 5). Servers never see what stands behind the `#`.
 *
 * `#schema=` is one file, its text as it is. `#files=` is any number of them, as JSON: a list of `[path, text]`.
 */
export const LINK_KEYS = { text: "schema=", files: "files=" } as const;

/** What one file is called that came without a name. */
export const ONLY_PATH = "schema.hetu";

/** Characters of the part behind `#`. Longer addresses are cut by chats and editors of text, if not by browsers. */
export const LINK_MAX = 32_000;

/** UTF-16 code units of a schema that a page takes from a link: a short one can unpack to gigabytes. */
export const TEXT_MAX = 1_000_000;

/** Key and text of a link to these files. */
export function packedAs(files: SchemaTexts): readonly [key: string, text: string] {
  const [first] = files;
  if (files.length === 1 && first?.[0] === ONLY_PATH) return [LINK_KEYS.text, first[1]];
  return [LINK_KEYS.files, JSON.stringify(files)];
}
