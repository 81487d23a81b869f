import type { Protocol, ResumePoint } from "../protocol/protocol.js";

/** Where a session can be gone on with after its link has dropped. */
export class Resumption {
  #point: ResumePoint | undefined;
  /** On a session that was gone on with: what the rows that are shown had seen when it was. */
  #shown: number | undefined;

  /** For the next attempt; one that comes to nothing leaves it for the one after. */
  get point(): ResumePoint | undefined {
    return this.#point;
  }

  /** A session has begun: the token was given, and is used up. */
  begun(protocol: Protocol): void {
    this.#shown = protocol.resumed ? (this.#point?.position ?? 0) : undefined;
    this.#point = undefined;
  }

  /**
   * The link of a session that had begun has dropped.
   *
   * @param wasConnected whether the application had logged in: otherwise there is nothing to go on with.
   * @param isStale whether rows are shown that an earlier link has told: then what they have seen counts. When that
   *   link's session was not gone on with, nobody can tell what has changed since.
   */
  ended({ token, position }: Protocol, wasConnected: boolean, isStale: boolean): void {
    const seen = isStale ? this.#shown : (position ?? this.#shown ?? 0);
    this.#point = wasConnected && token !== undefined && seen !== undefined ? { token, position: seen } : undefined;
  }
}
