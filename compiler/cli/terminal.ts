/** A stream that text is printed to. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a command prints to: results to `out`, everything told to a person to `err`. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether to colour what goes to a stream: `NO_COLOR` (https://no-color.org) forbids it, `FORCE_COLOR` other than `0`
 * demands it, otherwise a terminal gets colours.
 */
export function wantsColor(output: Output, env: Terminal["env"]): boolean {
  const { NO_COLOR: forbidden, FORCE_COLOR: demanded, TERM: terminal } = env;
  if (forbidden !== undefined && forbidden !== "") return false;
  if (demanded !== undefined && demanded !== "") return demanded !== "0" && demanded !== "false";
  return output.isTTY === true && terminal !== "dumb";
}

type Style = "bold" | "red" | "green" | "yellow" | "blue" | "dim";

const SGR: Readonly<Record<Style, string>> = {
  bold: "\x1b[1m",
  dim: "\x1b[2m",
  red: "\x1b[1;31m",
  green: "\x1b[32m",
  yellow: "\x1b[1;33m",
  blue: "\x1b[1;34m",
};

/** `text` in a style, when the stream wants colours. */
export function styled(style: Style, text: string, output: Output, env: Terminal["env"]): string {
  return wantsColor(output, env) ? `${SGR[style]}${text}\x1b[0m` : text;
}

/** Prints one line to the error stream, as `error: …` followed by an indented `help: …`. */
export function printError(terminal: Terminal, message: string, help?: string): void {
  const { err, env } = terminal;
  err.write(`${styled("red", "error", err, env)}${styled("bold", `: ${message}`, err, env)}\n`);
  if (help !== undefined) err.write(`  ${styled("blue", "help", err, env)}: ${help}\n`);
}
