import { ConnectionLostError } from "../errors.js";
import { type Clock, systemClock } from "../platform.js";
import type { ProtocolName } from "../protocol/protocol.js";
import type { Transport, TransportEvents, TransportSocket } from "./transport.js";

/** How long a URL is known to be that of a server without hetu.2, in milliseconds. */
const REMEMBERED_MS = 10 * 60_000;
/** Where hetu.2 was spoken, a server that is only down is more likely: so many attempts in a row must fail. */
const DOUBTS = 3;

/** Which servers did not speak hetu.2 when they were asked last, and which did. */
export class ProtocolMemory {
  readonly #clock: Clock;
  readonly #until: Map<string, number> = new Map();
  /** Attempts that have failed since hetu.2 was spoken. */
  readonly #failures: Map<string, number> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether there is no use in offering hetu.2 there. */
  speaksHetu1(url: string): boolean {
    const until = this.#until.get(url);
    if (until === undefined) return false;
    if (this.#clock.now() < until) return true;
    this.#until.delete(url);
    return false;
  }

  remember(url: string, protocol: ProtocolName): void {
    if (protocol === "hetu.2") {
      this.#until.delete(url);
      this.#failures.set(url, 0);
    } else {
      this.#until.set(url, this.#clock.now() + REMEMBERED_MS);
      this.#failures.delete(url);
    }
  }

  /** An attempt that offered hetu.2 has failed. @returns whether to try without it: it may be unknown there. */
  failed(url: string): boolean {
    const failures = this.#failures.get(url);
    if (failures === undefined) return true;
    if (failures + 1 < DOUBTS) this.#failures.set(url, failures + 1);
    else this.#failures.delete(url);
    return failures + 1 >= DOUBTS;
  }
}

/** Shared by all clients of a page, worker or process. */
export const protocolMemory: ProtocolMemory = new ProtocolMemory(systemClock);

/** {@link TransportEvents} with what was agreed on. */
export interface NegotiationEvents extends Omit<TransportEvents, "opened"> {
  opened(protocol: ProtocolName): void;
}

/**
 * Opens a connection and agrees on a protocol: hetu.2 is offered as the WebSocket's subprotocol. A server that does not
 * select it makes the upgrade fail in browsers and most libraries: then it is dialled once more without.
 *
 * @param allowed what the client may speak.
 * @throws what the transport throws.
 */
export function negotiate(
  transport: Transport,
  url: string,
  allowed: readonly ProtocolName[],
  memory: ProtocolMemory,
  events: NegotiationEvents,
): TransportSocket {
  const mayFallBack = allowed.includes("hetu.1");
  const offersHetu2 = allowed.includes("hetu.2") && !(mayFallBack && memory.speaksHetu1(url));
  let state: "dialling" | "open" | "over" = "dialling";
  let socket: TransportSocket | undefined;

  const dial = (offers: readonly string[]): TransportSocket =>
    transport(
      url,
      {
        opened: (selected) => {
          if (state !== "dialling") return;
          const protocol = offers.length > 0 && selected === "hetu.2" ? "hetu.2" : "hetu.1";
          if (!allowed.includes(protocol)) {
            state = "over";
            socket?.terminate();
            events.closed(
              new ConnectionLostError(`the server does not speak ${allowed.join(", ")} (option protocols)`),
            );
            return;
          }
          state = "open";
          if (mayFallBack && offersHetu2) memory.remember(url, protocol);
          events.opened(protocol);
        },
        message: (bytes) => events.message(bytes),
        text: () => events.text(),
        closed: (reason) => {
          if (state === "dialling" && offers.length > 0 && mayFallBack && memory.failed(url)) redial();
          else end(() => events.closed(reason));
        },
        impossible: (error) => end(() => events.impossible(error)),
      },
      offers,
    );

  const end = (tell: () => void): void => {
    if (state === "over") return;
    state = "over";
    tell();
  };

  const redial = (): void => {
    try {
      socket = dial([]);
    } catch (error) {
      end(() => events.impossible(error instanceof Error ? error : new Error(String(error))));
    }
  };

  /** Asked to end before it is open: what comes of the attempt must not start another one. */
  const giveUp = (how: "close" | "terminate"): void => {
    const wasDialling = state === "dialling";
    if (wasDialling) state = "over";
    socket?.[how]();
    if (wasDialling) events.closed(new ConnectionLostError("the connection was closed before it was made"));
  };

  socket = dial(offersHetu2 ? ["hetu.2"] : []);
  return {
    send: (bytes) => socket?.send(bytes),
    close: () => giveUp("close"),
    terminate: () => giveUp("terminate"),
  };
}
