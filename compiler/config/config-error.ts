/** Something in hetu.json, or the search for it, that keeps a command from starting. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** The file as it was opened. */
  readonly file: string;
  /** One line for each thing that is wrong, with key path and value. */
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super([file, ...problems].join("\n"));
    this.file = file;
    this.problems = problems;
  }
}
