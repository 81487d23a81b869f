import type { ReadResult, SubscribeResult } from "../live/contract.js";
import { type ClientFrame, eachClientFrame, type Query } from "../wire/hetu2/client-frames.js";
import type { Reference, RefusalCode } from "../wire/hetu2/kinds.js";
import {
  writeClock,
  writeFailure,
  writePong,
  writeRefused,
  writeRejection,
  writeResult,
} from "../wire/hetu2/server-frames.js";
import { Hetu2Framing } from "./hetu2-framing.js";
import type { OutgoingEvent } from "./outgoing-event.js";
import type { Protocol } from "./protocol.js";
import type { ImmediateRequest, Request } from "./request.js";
import type { NamedIndex, UnknownName, WireNames } from "./wire-names.js";

const framing = new Hetu2Framing();
const PONG = writePong();

/** hetu.2 of one connection. */
export class Hetu2 implements Protocol {
  readonly name = "hetu.2";
  readonly greets = true;
  readonly framing = framing;
  /** The position of the state that the client's `held` rows have; `undefined`: not known, it gets all rows. */
  since: number | undefined = undefined;
  readonly #host: { readonly names: WireNames };
  /** Ids of the client's subscriptions. */
  readonly #subscriptions = new Map<number, string>();

  /** @param host asked each time: the names are others once another schema is served. */
  constructor(host: { readonly names: WireNames }) {
    this.#host = host;
  }

  *read(message: Uint8Array): Generator<Request | ImmediateRequest, void> {
    for (const frame of eachClientFrame(message)) yield this.#request(frame);
  }

  result(name: string, result: Uint8Array): Uint8Array {
    return writeResult(this.#host.names.returns(name) ? result : undefined);
  }

  rejection(_name: string, code: string, fields: Uint8Array | undefined): Uint8Array {
    return writeRejection(this.#host.names.error(code), fields);
  }

  failure(_name: string, reason: string): Uint8Array {
    return writeFailure(reason);
  }

  subscribed({ query, held }: Request & { kind: "subscribe" }, result: SubscribeResult): Uint8Array {
    switch (result.status) {
      case "subscribed":
        this.#subscriptions.set(result.number, result.subscription);
        if (held === undefined || this.since === undefined) return result.hetu2();
        return result.caughtUp(held, this.since);
      case "refused":
        return writeRefused(result.code, result.reason);
      case "empty":
        return forbidden(query.table);
    }
  }

  ended(subscription: string | number): string | undefined {
    if (typeof subscription === "string") return undefined;
    const id = this.#subscriptions.get(subscription);
    this.#subscriptions.delete(subscription);
    return id;
  }

  page({ request }: Request & { kind: "read" }, result: ReadResult): Uint8Array {
    switch (result.status) {
      case "page":
        return result.hetu2();
      case "refused":
        return writeRefused(result.code, result.reason);
      case "forbidden":
        return forbidden(request.table);
    }
  }

  refused(code: RefusalCode, reason: string): Uint8Array {
    return writeRefused(code, reason);
  }

  clock(time: number): Uint8Array {
    return writeClock(time);
  }

  event(event: OutgoingEvent): Uint8Array {
    return event.hetu2(this.#host.names.event(event.name));
  }

  forget(): void {
    this.since = undefined;
  }

  pong(): Uint8Array {
    return PONG;
  }

  #request(frame: ClientFrame): Request | ImmediateRequest {
    switch (frame.kind) {
      case "hello":
        return { kind: "hello", hello: frame };
      case "call":
        return { kind: "call", name: this.#host.names.callable(frame.callable), args: frame.args, once: undefined };
      case "once":
        return { kind: "call", name: this.#host.names.callable(frame.callable), args: frame.args, once: frame.id };
      case "subscribe":
        return this.#query(frame, (named) => ({
          kind: "subscribe",
          query: { kind: "range", ...rangeOf(frame, named), force: true },
          held: frame.held && new Set(frame.held),
        }));
      case "read":
        return this.#query(frame, (named) => ({
          kind: "read",
          request: { ...rangeOf(frame, named), after: frame.after, count: frame.count },
        }));
      default:
        return frame;
    }
  }

  #query(
    { component, index }: { readonly component: Reference; readonly index: Reference },
    then: (named: NamedIndex) => Request,
  ): Request {
    const found: NamedIndex | UnknownName = this.#host.names.index(component, index);
    return "code" in found ? { kind: "refused", ...found } : then(found);
  }
}

function rangeOf({ left, right, limit, desc }: Query, { table, index }: NamedIndex) {
  return { table, index, left, right, limit, desc };
}

function forbidden(table: string): Uint8Array {
  return writeRefused("FORBIDDEN", `rows of ${table} are for users who are logged in`);
}
