import { WireError } from "../wire.js";
import * as hetu2 from "../wire-hetu2.js";
import type {
  PageRequest,
  Protocol,
  ResumePoint,
  RowChanges,
  ServerMessage,
  SubscriptionId,
  SubscriptionUpdate,
  WireQuery,
} from "./protocol.js";
import { type ComponentMap, SchemaMap } from "./schema-map.js";

/** The protocol of this project's server: numbers for names, rows as arrays, sessions that outlive their links. */
export class Hetu2 implements Protocol {
  readonly name = "hetu.2";
  readonly hasPages = true;
  readonly #wire: hetu2.NamespaceWire;
  readonly #resume: ResumePoint | undefined;
  #schema: SchemaMap;
  #welcome: hetu2.Welcome | undefined;
  #position: number | undefined;
  /** Components of the queries that were sent and not answered yet: their answers come in order. */
  readonly #asked: ComponentMap[] = [];
  readonly #subscribed: Map<SubscriptionId, ComponentMap> = new Map();

  /** @param resume `undefined`: a new session. */
  constructor(wire: hetu2.NamespaceWire, resume: ResumePoint | undefined) {
    this.#wire = wire;
    this.#resume = resume;
    this.#schema = new SchemaMap(wire.description);
  }

  get time(): number | undefined {
    return this.#welcome?.time;
  }

  get resumed(): boolean {
    return this.#welcome?.resumed === true;
  }

  get token(): Uint8Array | undefined {
    return this.#welcome?.token;
  }

  get position(): number | undefined {
    return this.#position;
  }

  hello(): Uint8Array {
    return hetu2.writeHello({ fingerprint: hetu2.fingerprintBytes(this.#wire.fingerprint), resume: this.#resume });
  }

  writeCall(name: string, args: Uint8Array, count: number): Uint8Array {
    return hetu2.writeCall(this.#schema.callable(name), args, count);
  }

  writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array {
    return hetu2.writeOnce(this.#schema.callable(name), id, args, count);
  }

  writeSubscribe(query: WireQuery, held: readonly bigint[] | undefined): Uint8Array {
    const [map, numbered] = this.#number(query);
    this.#asked.push(map);
    return hetu2.writeSubscribe({ ...numbered, held });
  }

  writeUnsubscribe(subscription: SubscriptionId): Uint8Array {
    this.#subscribed.delete(subscription);
    return hetu2.writeUnsubscribe(Number(subscription));
  }

  writeRead({ after, count, ...query }: PageRequest): Uint8Array {
    const [map, numbered] = this.#number(query);
    this.#asked.push(map);
    return hetu2.writeRead({ ...numbered, after, count });
  }

  writeClockRequest(): Uint8Array {
    return hetu2.writeClockRequest();
  }

  signOfLife(): Uint8Array {
    return hetu2.writePing();
  }

  eventProblem(name: string): Error | undefined {
    return this.#schema.eventProblem(name);
  }

  read(bytes: Uint8Array): readonly ServerMessage[] {
    return hetu2.readServerFrames(bytes).map((frame) => this.#message(frame));
  }

  #message(frame: hetu2.ServerFrame): ServerMessage {
    if (this.#welcome === undefined) return this.#begin(frame);
    switch (frame.kind) {
      case "result":
      case "clock":
      case "other":
        return frame;
      case "refused":
        this.#asked.shift();
        return frame;
      case "rejection": {
        const { code, fields } = frame;
        const name = typeof code === "number" ? (this.#schema.errorName(code) ?? `ERROR_${code}`) : code;
        return { kind: "rejected", code: name, fields };
      }
      case "failure":
        return { kind: "failed", reason: frame.reason };
      case "page":
        return { ...frame, rows: rowsOf(this.#answered(), frame.rows) };
      case "subscribed": {
        const map = this.#begun(frame);
        return { kind: "subscribed", subscription: frame.subscription, rows: rowsOf(map, frame.rows) };
      }
      case "caughtUp": {
        const map = this.#begun(frame);
        return { kind: "caughtUp", subscription: frame.subscription, changes: changesOf(map, frame.delta) };
      }
      case "update":
        this.#position = frame.position;
        return { kind: "updated", updates: frame.changes.flatMap((change) => this.#update(change)) };
      case "event":
        return this.#event(frame.event, frame.value);
      case "welcome":
        throw new WireError("a second welcome");
      case "pong":
        return { kind: "other" };
    }
  }

  #begin(frame: hetu2.ServerFrame): ServerMessage {
    if (frame.kind === "other") return frame;
    if (frame.kind !== "welcome") throw new WireError(`a ${frame.kind} before the welcome`);
    this.#welcome = frame;
    if (frame.description !== undefined) this.#schema = new SchemaMap(this.#wire.description, frame.description);
    return { kind: "welcome" };
  }

  /** A subscription has its number. */
  #begun({ subscription, position }: { readonly subscription: number; readonly position: number }): ComponentMap {
    const map = this.#answered();
    this.#position = position;
    this.#subscribed.set(subscription, map);
    return map;
  }

  #answered(): ComponentMap {
    const map = this.#asked.shift();
    if (map === undefined) throw new WireError("rows that nobody has asked for");
    return map;
  }

  /** Nothing when the subscription was ended meanwhile. */
  #update({ subscription, delta }: hetu2.SubscriptionChange): readonly SubscriptionUpdate[] {
    const map = this.#subscribed.get(subscription);
    return map === undefined ? [] : [{ subscription, changes: changesOf(map, delta) }];
  }

  #event(event: hetu2.Reference, value: unknown): ServerMessage {
    const name = typeof event === "number" ? this.#schema.eventName(event) : event;
    // One that differs was reported when the session began.
    if (name === undefined || this.#schema.eventProblem(name) !== undefined) return { kind: "other" };
    return { kind: "event", name, value };
  }

  #number({ component, index, left, right, limit, desc }: WireQuery): [ComponentMap, hetu2.Query] {
    const copy = component.indexOf(":");
    const name = copy < 0 ? component : component.slice(0, copy);
    const map = this.#schema.component(name);
    const query = {
      component: copy < 0 ? map.number : component,
      index: this.#schema.index(name, index),
      left,
      right: right === left ? null : right,
      limit,
      desc,
    };
    return [map, query];
  }
}

function rowsOf({ columns }: ComponentMap, rows: readonly hetu2.ArrayRow[]): readonly hetu2.ArrayRow[] {
  if (columns === undefined) return rows;
  return rows.map((row) => [row[0], ...columns.map((position) => row[position + 1])]);
}

function changesOf(map: ComponentMap, { updates, inserts, deletes }: hetu2.Delta): RowChanges {
  const patches = updates.map(({ id, mask, values }) => {
    const columns: number[] = [];
    const known: unknown[] = [];
    let at = 0;
    for (let position = 0; position < hetu2.MASK_COLUMNS; position++) {
      if ((mask & (1 << position)) === 0) continue;
      const own = map.columns === undefined ? position : map.columns.indexOf(position);
      // A column that only the server knows of.
      if (own >= 0) {
        columns.push(own);
        known.push(values[at]);
      }
      at++;
    }
    return { id, columns, values: known };
  });
  return { rows: rowsOf(map, inserts), patches, gone: deletes };
}
