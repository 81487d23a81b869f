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
 * The script `lua/<name>.lua`. It is read when it is first used: a program that is bundled into one file, without the
 * scripts beside it, works on the embedded store.
 *
 * @param options.readOnly The script only reads. Default: it may write.
 * @param options.flags Of a file that does not begin with them itself; empty: Redis refuses the script as a whole
 *   where it would refuse a write.
 */
export function readScript(
  name: string,
  options: { readonly readOnly?: boolean; readonly flags?: string } = {},
): Script {
  return new ScriptFile(name, options.readOnly ?? false, options.flags);
}

class ScriptFile implements Script {
  #source: string | undefined;
  #digest: string | undefined;

  constructor(
    readonly name: string,
    readonly readOnly: boolean,
    private readonly flags: string | undefined,
  ) {}

  get source(): string {
    return (this.#source ??= this.#read());
  }

  #read(): string {
    const text = readFileSync(new URL(`./lua/${this.name}.lua`, import.meta.url), "utf8");
    return this.flags === undefined ? text : `#!lua${this.flags === "" ? "" : ` flags=${this.flags}`}\n${text}`;
  }

  get digest(): string {
    return (this.#digest ??= createHash("sha1").update(this.source).digest("hex"));
  }
}
