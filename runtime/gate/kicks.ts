import type { Kick } from "../transaction/commit-message.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import { CloseCode } from "./close-code.js";
import { kicked } from "./refusals.js";
import type { Sessions } from "./sessions.js";

/** How long a login may take to be carried out here after its commit, and a kick to be heard of; milliseconds. */
const REMEMBERED = 60_000;

interface Remembered {
  readonly except: bigint | undefined;
  readonly store: number;
  readonly position: number;
}

/**
 * Ends a user's other connections, here. Logins and kicks of the same store count in the order of their commits, in
 * whichever order this process gets to carry them out.
 */
export class Kicks {
  readonly #clients: Clients;
  readonly #sessions: Sessions<Client>;
  /** Of the last minute or two, by user. */
  #recent = new Map<bigint, Remembered[]>();
  #older = new Map<bigint, Remembered[]>();
  #since = performance.now();

  constructor(clients: Clients, sessions: Sessions<Client>) {
    this.#clients = clients;
    this.#sessions = sessions;
  }

  /** @param position of the commit, in the store with that number. */
  kick({ user, except }: Kick, store: number, position: number): void {
    this.#remember(user, { except, store, position });
    const isKicked = (client: Client): boolean =>
      client.caller === user && client.connection !== except && !(client.kickedBehind(store) > position);
    for (const client of [...this.#clients.ofUser(user)]) {
      if (isKicked(client)) client.close(CloseCode.kicked, kicked(user));
    }
    this.#sessions.kick(isKicked);
  }

  /** A client has logged in: a kick that was committed later may have come here before. */
  loggedIn(client: Client, user: bigint, store: number, position: number): void {
    const later = [...(this.#recent.get(user) ?? []), ...(this.#older.get(user) ?? [])].some(
      (kick) => kick.store === store && kick.position > position && kick.except !== client.connection,
    );
    if (later) client.close(CloseCode.kicked, kicked(user));
  }

  #remember(user: bigint, kick: Remembered): void {
    const now = performance.now();
    if (now - this.#since > REMEMBERED) {
      this.#older = now - this.#since > 2 * REMEMBERED ? new Map<bigint, Remembered[]>() : this.#recent;
      this.#recent = new Map();
      this.#since = now;
    }
    const kicks = this.#recent.get(user);
    if (kicks === undefined) this.#recent.set(user, [kick]);
    else kicks.push(kick);
  }
}
