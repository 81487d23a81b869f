/**
 * A tree with errors was given to be turned into a model: a rule lets something pass that it must not. Never a mistake
 * of whoever writes the schema.
 */
export class InvalidTreeError extends Error {
  override readonly name = "InvalidTreeError";

  constructor(what: string) {
    super(`the checked schema still has ${what}`);
  }
}
