/** What decides whether a client that comes back can be told the difference to what it has. */
export class SessionHistory {
  /** The last position in a frame to the client. */
  position = 0;
  /** A client that has seen no later position may have been shown rows as somebody else. */
  #barrier = -1;

  /**
   * The history of a connection that another process has served.
   * @param barrier `undefined`: not known.
   */
  static from(barrier: number | undefined, position: number): SessionHistory {
    const history = new SessionHistory();
    history.#barrier = barrier ?? Number.MAX_SAFE_INTEGER;
    history.position = position;
    return history;
  }

  /** `undefined`: whatever the client has seen says nothing. */
  get barrier(): number | undefined {
    return this.#barrier === Number.MAX_SAFE_INTEGER ? undefined : Math.max(0, this.#barrier);
  }

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
