/** What `hetuc` ends with; documented in `hetuc --help`. */
export const ExitCode = {
  ok: 0,
  /** The schema has errors, or files are not formatted under `fmt --check`. */
  problems: 1,
  /** Wrong arguments, a wrong hetu.json, files that cannot be read or written. */
  usage: 2,
  /** A bug of ours. */
  internal: 70,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
