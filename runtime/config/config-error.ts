/** Settings that no server can be started with. */
export class ServerConfigError extends Error {
  override readonly name = "ServerConfigError";

  constructor(
    /** The file, or `command line`. */
    readonly source: string,
    /** One line for each thing that is wrong, with key path, value and what to do. */
    readonly problems: readonly string[],
  ) {
    super(`${source}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}
