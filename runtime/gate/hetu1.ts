import type { LiveUpdate, SubscribeResult } from "../live/contract.js";
import {
  readClientFrame,
  writeClock,
  writeFailure,
  writeNotSubscribed,
  writeRejection,
  writeResponse,
} from "../wire/frames.js";
import { hetu1Form } from "../wire/hetu1-form.js";
import type { OutgoingEvent } from "./outgoing-event.js";
import type { Framing, Protocol } from "./protocol.js";
import type { ImmediateRequest, Request } from "./request.js";

/** Every frame is a message. */
class Hetu1Framing implements Framing {
  #send: (message: Uint8Array) => void = () => undefined;

  size(update: LiveUpdate): number {
    return update.rows.size === 0 ? 0 : update.hetu1().length;
  }

  begin(send: (message: Uint8Array) => void): void {
    this.#send = send;
  }

  frame(frame: Uint8Array): void {
    this.#send(frame);
  }

  update(update: LiveUpdate): void {
    this.#send(update.hetu1());
  }

  end(): void {
    this.#send = () => undefined;
  }
}

/** hetu.1: names everywhere, a frame a message. It keeps nothing of a connection: one serves all. */
class Hetu1 implements Protocol {
  readonly name = "hetu.1";
  readonly greets = false;
  readonly framing = new Hetu1Framing();

  read(message: Uint8Array): readonly (Request | ImmediateRequest)[] {
    return [requestOf(readClientFrame(message))];
  }

  result(_name: string, result: Uint8Array): Uint8Array {
    return writeResponse(hetu1Form(result));
  }

  rejection(name: string, code: string, fields: Uint8Array | undefined): Uint8Array {
    return writeRejection(name, code, fields && hetu1Form(fields));
  }

  failure(name: string, reason: string): Uint8Array {
    return writeFailure(name, reason);
  }

  subscribed(_request: Request, result: SubscribeResult): Uint8Array {
    return result.status === "subscribed" ? result.hetu1() : writeNotSubscribed(result.kind);
  }

  ended(subscription: string | number): string {
    return String(subscription);
  }

  page(): never {
    throw new TypeError("hetu.1 has no one-shot reads");
  }

  refused(): never {
    throw new TypeError("hetu.1 refuses with the answer of a subscription");
  }

  clock(time: number): Uint8Array {
    return writeClock(time);
  }

  event(event: OutgoingEvent): Uint8Array {
    return event.hetu1();
  }

  forget(): void {
    // Nobody comes back on hetu.1.
  }

  pong(): undefined {
    return undefined;
  }
}

export const hetu1: Protocol = new Hetu1();

function requestOf(frame: ReturnType<typeof readClientFrame>): Request | ImmediateRequest {
  switch (frame.kind) {
    case "rpc":
      return { kind: "call", name: frame.name, args: frame.args, once: undefined };
    case "once":
      return { kind: "call", name: frame.name, args: frame.args, once: frame.id };
    case "sub":
      return { kind: "subscribe", query: frame.query, held: undefined };
    case "unsub":
      return { kind: "unsubscribe", subscription: frame.subscription };
    default:
      return frame;
  }
}
