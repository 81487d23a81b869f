import type { Terminal } from "./terminal.js";

/** What every command is given besides its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Absolute; paths on the command line are relative to it. */
  readonly cwd: string;
}
