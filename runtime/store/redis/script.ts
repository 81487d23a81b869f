import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A Lua script that Redis runs as one step. */
export interface Script {
  readonly name: string;
  readonly source: string;
  /** SHA-1 of the source in hexadecimal, by which Redis knows a script that it has seen. */
  readonly digest: string;
  /** It writes nothing, so a replica may run it, too. */
  readonly readOnly: boolean;
}

/**
 * Reads `lua/<name>.lua`.
 * @param options.readOnly The script only reads. Default: it may write.
 */
export function readScript(name: string, options: { readonly readOnly?: boolean } = {}): Script {
  const source = readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), "utf8");
  const digest = createHash("sha1").update(source).digest("hex");
  return { name, source, digest, readOnly: options.readOnly ?? false };
}
