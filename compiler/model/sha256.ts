import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** `sha256` (hex) of a text in UTF-8. In JavaScript, as the compiler also runs where Node is not. */
export function sha256(text: string): string {
  return bytesToHex(digest(utf8ToBytes(text)));
}
