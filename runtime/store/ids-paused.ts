/** No id may be given at the moment. */
export class IdsPausedError extends Error {
  override readonly name: string = "IdsPausedError";

  /** @param resumed Resolves when it is worth while to ask again; rejects when no id will be given any more. */
  constructor(
    message: string,
    readonly resumed: Promise<void>,
  ) {
    super(message);
    // It is up to whoever asked whether to wait.
    resumed.catch(() => undefined);
  }
}
