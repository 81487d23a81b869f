import type { Resume } from "../wire/hetu2/client-frames.js";
import type { Client, ConnectionHost, Refusal } from "./client.js";
import { CloseCode } from "./close-code.js";
import type { SessionState } from "./session-state.js";

const KICKS_UNKNOWN = "the store could not be asked whether the user was kicked";

/** A connection of this process whose session another link goes on with. */
export interface Predecessor extends Client {
  /** Its session; `undefined`: it has none, since it was still about to get one. */
  readonly held: SessionState | undefined;
  /** Why its session may not go on. */
  readonly refusal: Refusal | undefined;
  /** Ends its link in favour of another one. Resolves when nothing of it runs any more. */
  handOver(): Promise<void>;
}

/** The link that goes on. */
export interface Successor extends Client {
  /** The session is its own from now on. @param position up to which its client has seen everything. */
  adopt(session: SessionState, position: number): void;
}

/** What has become of a token that a client came back with. */
export interface Takeover {
  readonly resumed: boolean;
  /** Why the session may not go on. */
  readonly refusal: Refusal | undefined;
}

const NOTHING: Takeover = { resumed: false, refusal: undefined };

/**
 * Goes on with the session of a token, wherever it is: at this process, perhaps under a link that is still open, or
 * that is about to go on with it itself; or at another one. Where processes share the store it is said there before
 * the client is told, so that no client has a token that leads nowhere.
 * @param next the token that the client gets; `undefined`: it cannot come back again. The one that it gave leads to the
 * successor at once.
 */
export async function takeOver(
  host: ConnectionHost,
  successor: Successor,
  { resume, next }: { readonly resume: Resume; readonly next: Uint8Array | undefined },
  limits: SessionState["limits"],
): Promise<Takeover> {
  const { sessions } = host;
  const before = sessions.take(resume.token, successor) as Predecessor | undefined;
  try {
    if (before !== undefined) {
      await before.handOver();
      if (before.held !== undefined) {
        if (!(await host.renew(before, next, resume.token))) before.moveAway();
        if (!before.elsewhere) {
          successor.adopt(before.held, resume.position);
          return { resumed: true, refusal: before.refusal };
        }
        host.disconnected(before);
      }
    }
    const taken = await host.takeOver(resume, next, limits);
    if (taken === undefined) return NOTHING;
    successor.adopt(taken, resume.position);
    // From here on it hears of kicks, and of other processes that take it.
    return { resumed: true, refusal: await standing(host, successor) };
  } finally {
    sessions.arrived(successor, before);
  }
}

/** Why a session of another process may not go on. */
async function standing(host: ConnectionHost, successor: Successor): Promise<Refusal | undefined> {
  switch (await host.standing(successor)) {
    case "served":
      return undefined;
    case "kicked":
      successor.kick();
      return undefined;
    case "taken":
      successor.moveAway();
      return undefined;
    case undefined:
      // It must not go on as somebody who may be kicked, nor be told that it was, which would keep it from trying again.
      return { code: CloseCode.internalError, reason: KICKS_UNKNOWN };
  }
}
