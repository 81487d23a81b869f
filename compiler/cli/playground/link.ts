import { deflateRawSync } from "node:zlib";
import { LINK_KEY, LINK_MAX, TEXT_MAX } from "../../playground/link-format.js";
import { UsageError } from "../usage-error.js";

/**
 * What stands behind the address of the page to open it with a schema.
 *
 * @param name of the file, for the message.
 * @throws UsageError when the text is too long for an address.
 */
export function linkFragment(text: string, name: string): string {
  const fragment = LINK_KEY + deflateRawSync(text, { level: 9 }).toString("base64url");
  if (fragment.length > LINK_MAX || text.length > TEXT_MAX) {
    throw new UsageError(
      `${name} is too long for the address of a page: ${fragment.length} of at most ${LINK_MAX} characters`,
      "start `hetuc playground` without it and paste the text into the page",
    );
  }
  return `#${fragment}`;
}
