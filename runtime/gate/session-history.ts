/** What decides whether a client that comes back can be told the difference to what it has. */
export class SessionHistory {
  /** The last position in a frame to the client. */
  position = 0;
  /** A client that has seen no later position may have been shown rows as somebody else. */
  #barrier = -1;

  /** Caller, group or session values are others from now on. */
  identityChanged(): void {
    this.#barrier = Math.max(this.#barrier, this.position);
  }

  /** What the client was shown says nothing of what is stored now. */
  forget(): void {
    this.#barrier = Number.MAX_SAFE_INTEGER;
  }

  /**
   * @param position the greatest that the client has seen.
   * @returns the position up to which it has everything as who it is now; `undefined`: it is to get all rows.
   */
  since(position: number): number | undefined {
    return position > this.#barrier ? position : undefined;
  }
}
