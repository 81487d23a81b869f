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

/** Timers know no longer ones. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Who may come back: tokens of connections that are open, and of those whose link has dropped. */
export class Sessions<S extends Resumable> {
  readonly window: number;
  readonly #most: number;
  readonly #mostPerAddress: number;
  readonly #byToken = new Map<string, S>();
  readonly #tokens = new Map<S, string>();
  /** In the order in which the links dropped. */
  readonly #parked = new Map<S, NodeJS.Timeout>();
  /** The same by address, in the same order. */
  readonly #parkedAt = new Map<string, Set<S>>();
  /** Their clients have come back and wait for their last calls to end. */
  readonly #taken = new Set<S>();

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

  /** With this token the session can be resumed once. */
  issue(session: S, token: Uint8Array): void {
    const key = Buffer.from(token).toString("latin1");
    this.#byToken.set(key, session);
    this.#tokens.set(session, key);
  }

  /** The session of a token, which is void from then on; its link may still be open. {@link handedOver} follows. */
  take(token: Uint8Array): S | undefined {
    const session = this.#byToken.get(Buffer.from(token).toString("latin1"));
    if (session === undefined) return undefined;
    this.#forget(session);
    this.#taken.add(session);
    return session;
  }

  /** Another connection has taken the place of the session. */
  handedOver(session: S): void {
    this.#taken.delete(session);
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
    for (const session of [...this.#taken].filter(isKicked)) session.kick();
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
    const token = this.#tokens.get(session);
    if (token === undefined) return;
    this.#tokens.delete(session);
    this.#byToken.delete(token);
    clearTimeout(this.#parked.get(session));
    if (!this.#parked.delete(session)) return;
    const { address } = session.address;
    const neighbours = this.#parkedAt.get(address);
    neighbours?.delete(session);
    if (neighbours?.size === 0) this.#parkedAt.delete(address);
  }
}
