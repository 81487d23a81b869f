/**
 * How a link of the playground carries a schema: `#schema=` and the text in UTF-8, raw deflate (RFC 1951), base64url
 * without padding (RFC 4648, section 5). Servers never see what stands behind the `#`.
 */
export const LINK_KEY = "schema=";

/** Characters of the part behind `#`. Longer addresses are cut by chats and editors of text, if not by browsers. */
export const LINK_MAX = 32_000;

/** UTF-16 code units of a schema that a page takes from a link: a short one can unpack to gigabytes. */
export const TEXT_MAX = 1_000_000;
