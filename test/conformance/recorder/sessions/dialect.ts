import { frameOf } from "../../frame-meaning.js";
import { writeTree } from "../../message-pack-tree.js";
import { type Notation, toHex } from "../../notation.js";
import type { Protocol } from "../peer.js";
import { RECORDED_AT } from "../world.js";
import { numberOfCallable, numberOfComponent, numberOfIndex, wire } from "../world-schema.js";

/** What a frame says; see `frame-meaning.ts`. */
export type Said = { readonly [name: string]: Notation };

/** A message of the server in a script. */
export interface Saying {
  readonly frames: readonly Said[];
  readonly hex: string;
}

/** An account, as far as scripts tell them apart. */
export interface Account {
  readonly id: number;
  readonly number: number;
  readonly balance?: number;
}

/** How scripts say the same thing in each protocol. */
export class Dialect {
  readonly protocol: Protocol;

  constructor(protocol: Protocol) {
    this.protocol = protocol;
  }

  /** The WebSocket subprotocol that the server selects. */
  get selected(): string {
    return this.#is2 ? "hetu.2" : "";
  }

  /** What a client sends when its link has opened: the handshake, and in hetu.2 the hello. */
  opening(resume: Notation = null): readonly Notation[] {
    const hello = { frame: "hello", fingerprint: { $bin: wire.fingerprint }, resume };
    return this.#is2 ? [{ handshake: [] }, hello] : [{ handshake: [] }];
  }

  /** What it sends when the handshake was answered. */
  get afterHandshake(): readonly Notation[] {
    return this.#is2 ? [] : [{ frame: "clock" }];
  }

  /** What lets the client begin. */
  welcome(options: { token?: string; resumed?: boolean; description?: Notation } = {}): Saying {
    if (!this.#is2) return this.saying({ frame: "clock", time: RECORDED_AT });
    return this.saying({
      frame: "welcome",
      time: RECORDED_AT,
      description: options.description ?? null,
      token: options.token === undefined ? null : { $bin: options.token },
      resumeWindow: options.token === undefined ? 0 : 10_000,
      resumed: options.resumed ?? false,
    });
  }

  call(name: string, ...args: readonly Notation[]): Said {
    return this.#is2 ? { frame: "call", callable: numberOfCallable(name), args } : { frame: "call", name, args };
  }

  /** @param id a name for the id, which the client makes. */
  once(id: string, name: string, ...args: readonly Notation[]): Said {
    const frame = "call of a @once system";
    const placeholder = { $once: id };
    return this.#is2
      ? { frame, callable: numberOfCallable(name), id: placeholder, args }
      : { frame, id: placeholder, name, args };
  }

  /** All accounts by number, at most 1,000; or those between two bounds. */
  subscribe(bounds: { left?: Notation; right?: Notation; held?: readonly number[] } = {}): Said {
    const [left, right] = [bounds.left ?? { $open: "least" }, bounds.right ?? { $open: "greatest" }];
    const held: Said = bounds.held === undefined ? {} : { held: bounds.held };
    return this.#is2
      ? {
          frame: "subscribe",
          component: numberOfComponent("Account"),
          index: numberOfIndex("Account", "number"),
          left,
          right,
          limit: 1000,
          desc: false,
          ...held,
        }
      : {
          frame: "subscribe",
          component: "Account",
          "kind of query": "range",
          index: "number",
          "bounds, limit, desc, force": [left, right, 1000, false, true],
        };
  }

  /** The account with this number, whether there is one or not. */
  subscribeToOne(number: number): Said {
    return this.#is2
      ? {
          frame: "subscribe",
          component: numberOfComponent("Account"),
          index: numberOfIndex("Account", "number"),
          left: number,
          right: { $same: number },
          limit: 1,
          desc: false,
        }
      : {
          frame: "subscribe",
          component: "Account",
          "kind of query": "range",
          index: "number",
          "bounds, limit, desc, force": [number, { $same: number }, 1, false, true],
        };
  }

  unsubscribe(subscription: number): Said {
    return { frame: "unsubscribe", subscription: this.#id(subscription) };
  }

  get signOfLife(): Said {
    return { frame: this.#is2 ? "ping" : "greeting" };
  }

  result(value: Notation): Saying {
    return this.saying({ frame: "result", value });
  }

  get noResult(): Saying {
    return this.#is2 ? this.saying({ frame: "result" }) : this.result("ok");
  }

  /** @param error number of a typed error in hetu.2, its name in hetu.1; a built-in code is the same in both. */
  rejection(name: string, code: string, fields?: Said, number?: number): Saying {
    const told: Said = fields === undefined ? {} : { fields };
    return this.#is2
      ? this.saying({ frame: "rejection", code: number ?? code, ...told })
      : this.saying({ frame: "rejection", name, code, ...told });
  }

  failure(name: string): Saying {
    return this.saying(
      this.#is2 ? { frame: "failure", reason: "INTERNAL" } : { frame: "failure", name, reason: "INTERNAL" },
    );
  }

  subscribed(subscription: number, position: number, rows: readonly Account[]): Saying {
    const told = rows.map((row) => this.#row(row));
    return this.saying(
      this.#is2
        ? { frame: "subscribed", subscription, position, rows: told }
        : { frame: "subscribed", subscription: this.#id(subscription), rows: told },
    );
  }

  refused(code: string): Saying {
    return this.saying(
      this.#is2
        ? { frame: "refused", code, reason: "it is not to be had" }
        : { frame: "subscribed", subscription: null, rows: [] },
    );
  }

  /** Whole rows that came or changed, and ids of rows that went. */
  update(subscription: number, position: number, rows: readonly Account[], gone: readonly number[] = []): Saying {
    if (this.#is2) {
      return this.saying({
        frame: "update",
        position,
        "subscription, delta": [subscription, this.delta(rows, gone)],
      });
    }
    const changes = [...rows.map((row) => [row.id, this.#row(row)] as const), ...gone.map((id) => [id, null] as const)];
    return this.saying({ frame: "update", subscription: this.#id(subscription), rows: { $map: changes } });
  }

  /** Of hetu.2. */
  delta(rows: readonly Account[], gone: readonly number[]): Notation {
    const inserts = rows.map((row) => this.#row(row));
    if (gone.length > 0) return [[], inserts, gone];
    return inserts.length > 0 ? [[], inserts] : [];
  }

  shout(from: number, text: string): Saying {
    const value = { from, text };
    return this.saying(this.#is2 ? { frame: "event", event: 0, value } : { frame: "event", name: "Shout", value });
  }

  /** One message with these frames. */
  saying(...frames: readonly Said[]): Saying {
    return {
      frames,
      hex: toHex(Buffer.concat(frames.map((frame) => writeTree(frameOf(this.protocol, "server", frame))))),
    };
  }

  get #is2(): boolean {
    return this.protocol === "hetu.2";
  }

  #id(subscription: number): Notation {
    return this.#is2 ? subscription : `subscription ${subscription}`;
  }

  #row({ id, number, balance = 0 }: Account): Notation {
    return this.#is2 ? [id, number, balance] : { id, number, balance };
  }
}

/** An account as an application has it. */
export function shown({ id, number, balance = 0 }: Account): Said {
  return { id: String(id), number, balance: String(balance) };
}
