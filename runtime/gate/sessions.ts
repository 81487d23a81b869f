import { randomBytes } from "node:crypto";
import { TOKEN_LENGTH } from "../wire/hetu2/kinds.js";
import type { AddressSlot } from "./address-limits.js";

/** A connection whose session may outlive its link. */
export interface Resumable {
  /** Where its link came from. */
  readonly address: Pick<AddressSlot, "address">;
  /** Nobody will come back to it: what happens at the end of a connection is to happen. */
  expire(): void;
  /** Its user has logged in elsewhere while another link waits for it to go on with. */
  kick(): void;
}

export interface SessionOptions {
  /** How long a session is kept after its link has dropped, in milliseconds; 0: not at all. */
  readonly window: number;
  /** Sessions that are kept at a time; above it the oldest expires. */
  readonly most: number;
  /** Likewise of links of one address: nobody can push out everybody else's by opening and dropping connections. */
  readonly mostPerAddress: number;
}

interface Tokens {
  previous: string | undefined;
  newest: string | undefined;
}

/** Timers know no longer ones. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Who may come back: tokens of connections that are open, and of those whose link has dropped. */
export class Sessions<S extends Resumable> {
  readonly window: number;
  readonly #most: number;
  readonly #mostPerAddress: number;
  readonly #byToken = new Map<string, S>();
  /** Those of a session: the one that its client came back with, until it has shown that it has the next; and the next. */
  readonly #tokens = new Map<S, Tokens>();
  /** In the order in which the links dropped. */
  readonly #parked = new Map<S, NodeJS.Timeout>();
  /** The same by address, in the same order. */
  readonly #parkedAt = new Map<string, Set<S>>();
  /** Their clients have come back, and the sessions go from one link to another. */
  readonly #onTheWay = new Set<S>();

  constructor({ window, most, mostPerAddress }: SessionOptions) {
    this.window = window;
    this.#most = most;
    this.#mostPerAddress = mostPerAddress;
  }

  /** Sessions that wait for their client. */
  get parked(): number {
    return this.#parked.size;
  }

  /** A token for {@link issue}. */
  newToken(): Uint8Array {
    return randomBytes(TOKEN_LENGTH);
  }

  /** With this token the session can be resumed, too. */
  issue(session: S, token: Uint8Array): void {
    const key = keyOf(token);
    this.#byToken.set(key, session);
    const tokens = this.#tokens.get(session);
    if (tokens === undefined) this.#tokens.set(session, { previous: undefined, newest: key });
    else tokens.newest = key;
  }

  /** The client has shown that it was told its newest token: the one that it came back with is void. */
  shown(session: S): void {
    const tokens = this.#tokens.get(session);
    if (tokens?.previous === undefined) return;
    this.#byToken.delete(tokens.previous);
    tokens.previous = undefined;
    if (tokens.newest === undefined) this.#tokens.delete(session);
  }

  /**
   * The session of a token goes over to another link; its own may still be open. {@link arrived} follows.
   * @param successor what the token leads to from now on, also when it is not known yet.
   */
  take(token: Uint8Array, successor: S): S | undefined {
    const key = keyOf(token);
    const session = this.#byToken.get(key);
    if (session !== undefined) {
      this.#forget(session);
      this.#onTheWay.add(session);
    }
    this.#onTheWay.add(successor);
    this.#byToken.set(key, successor);
    this.#tokens.set(successor, { previous: key, newest: undefined });
    return session;
  }

  /** The successor has the session, or there is none. @param before what {@link take} gave. */
  arrived(successor: S, before: S | undefined): void {
    this.#onTheWay.delete(successor);
    if (before !== undefined) this.#onTheWay.delete(before);
  }

  /** The link has dropped. @returns whether the session is kept; it expires by itself then. */
  park(session: S): boolean {
    if (this.#most < 1 || this.#mostPerAddress < 1 || !this.#tokens.has(session)) return false;
    const timer = setTimeout(() => this.#expire(session), Math.min(this.window, LONGEST_TIMEOUT));
    timer.unref();
    this.#parked.set(session, timer);
    const neighbours = this.#parkedAt.get(session.address.address) ?? new Set<S>();
    this.#parkedAt.set(session.address.address, neighbours.add(session));
    if (neighbours.size > this.#mostPerAddress) this.#expireOldest(neighbours);
    else if (this.#parked.size > this.#most) this.#expireOldest(this.#parked.keys());
    return true;
  }

  /** The connection has ended for good. */
  end(session: S): void {
    this.#forget(session);
  }

  /** Ends sessions whose links have dropped. */
  kick(isKicked: (session: S) => boolean): void {
    for (const session of [...this.#parked.keys()].filter(isKicked)) this.#expire(session);
    for (const session of [...this.#onTheWay].filter(isKicked)) session.kick();
  }

  /** Ends all that wait. */
  expireAll(): void {
    for (const session of [...this.#parked.keys()]) this.#expire(session);
  }

  #expireOldest(sessions: Iterable<S>): void {
    for (const oldest of sessions) {
      this.#expire(oldest);
      return;
    }
  }

  #expire(session: S): void {
    this.#forget(session);
    session.expire();
  }

  #forget(session: S): void {
    const tokens = this.#tokens.get(session);
    if (tokens === undefined) return;
    this.#tokens.delete(session);
    if (tokens.previous !== undefined) this.#byToken.delete(tokens.previous);
    if (tokens.newest !== undefined) this.#byToken.delete(tokens.newest);
    clearTimeout(this.#parked.get(session));
    if (!this.#parked.delete(session)) return;
    const { address } = session.address;
    const neighbours = this.#parkedAt.get(address);
    neighbours?.delete(session);
    if (neighbours?.size === 0) this.#parkedAt.delete(address);
  }
}

function keyOf(token: Uint8Array): string {
  return Buffer.from(token).toString("latin1");
}
