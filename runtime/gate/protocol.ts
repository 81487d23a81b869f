import type { LiveUpdate, ReadResult, SubscribeResult } from "../live/contract.js";
import type { RefusalCode } from "../wire/hetu2/kinds.js";
import type { OutgoingEvent } from "./outgoing-event.js";
import type { ImmediateRequest, Request } from "./request.js";

/** What one connection and the server say to each other: requests out of bytes, and bytes out of answers. */
export interface Protocol {
  readonly name: "hetu.1" | "hetu.2";
  /** Whether a connection begins with a hello that is answered by a welcome. */
  readonly greets: boolean;
  readonly framing: Framing;
  /**
   * The frames of a message, each read when it is asked for.
   * @throws WireError, then too: the connection is to be closed.
   */
  read(message: Uint8Array): Iterable<Request | ImmediateRequest>;
  /** @param result as the runner has it, in the form of hetu.2. */
  result(name: string, result: Uint8Array): Uint8Array;
  /** @param fields likewise. */
  rejection(name: string, code: string, fields: Uint8Array | undefined): Uint8Array;
  failure(name: string, reason: string): Uint8Array;
  subscribed(request: Request & { kind: "subscribe" }, result: SubscribeResult): Uint8Array;
  /** The id of a subscription that the client calls so; `undefined` when it has none. */
  ended(subscription: string | number): string | undefined;
  page(request: Request & { kind: "read" }, result: ReadResult): Uint8Array;
  refused(code: RefusalCode, reason: string): Uint8Array;
  clock(time: number): Uint8Array;
  event(event: OutgoingEvent): Uint8Array;
  /** What the client was shown before it came back says nothing of what it may see now. */
  forget(): void;
  /** To a ping; `undefined` where there is none. */
  pong(): Uint8Array | undefined;
}

/** How frames become messages. */
export interface Framing {
  /** What an update weighs; 0 when it says nothing here. */
  size(update: LiveUpdate): number;
  /** Frames follow, until {@link end}; whole messages go to `send`. Nobody else may begin meanwhile. */
  begin(send: (message: Uint8Array) => void): void;
  frame(frame: Uint8Array): void;
  /** Several of one transaction come one after the other, with the same position. None weighs nothing. */
  update(update: LiveUpdate, position: number): void;
  end(): void;
}
