/** A tsconfig.json that cannot be read. */
export class TsConfigError extends Error {
  override readonly name = "TsConfigError";
  /** Absolute. */
  readonly path: string;

  /** @param reason what is wrong with it. */
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}
