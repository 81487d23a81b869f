import type { Notation } from "../../notation.js";
import type { Dialect, Said, Saying } from "./dialect.js";

/** What is to be seen after a step: exactly this, and nothing else. */
export interface Seen {
  /** The subprotocols of each attempt to connect. */
  readonly dials?: readonly (readonly string[])[];
  /** Frames that the client has sent. */
  readonly sent?: readonly Notation[];
  /** The client has ended the link. */
  readonly ended?: true;
  /** Each state of the connection that was told. */
  readonly states?: readonly Said[];
  /** What was told to the application, in order. */
  readonly told?: readonly Notation[];
  /** Calls that came to their end. */
  readonly outcomes?: Said;
}

/** How the client of a script is made. */
export interface ScriptOptions {
  /** Calls that `bootstrap` makes, one after the other. */
  readonly bootstrap?: readonly { readonly call: string; readonly args: readonly Notation[] }[];
  readonly protocols?: readonly string[];
  readonly callTimeoutMs?: number;
  readonly maxQueued?: number;
  readonly maxInFlight?: number;
  /** Attempts in a row that may fail. */
  readonly maxAttempts?: number;
}

/** A session, step by step. */
export class Script {
  readonly #dialect: Dialect;
  readonly #steps: Notation[] = [];
  readonly #options: ScriptOptions;

  constructor(dialect: Dialect, options: ScriptOptions = {}) {
    this.#dialect = dialect;
    this.#options = options;
  }

  get content(): { readonly protocol: string; readonly options: ScriptOptions; readonly steps: readonly Notation[] } {
    return { protocol: this.#dialect.protocol, options: this.#options, steps: this.#steps };
  }

  /** The client is made: it dials. */
  connect(): this {
    const protocols = this.#dialect.protocol === "hetu.2" ? ["hetu.2"] : [];
    return this.step({ do: "connect" }, { dials: [protocols] });
  }

  /** The link opens and the server answers the handshake of no layers. */
  open(resume: Notation = null): this {
    const { selected, afterHandshake } = this.#dialect;
    return this.step(
      { do: "open", protocol: selected, answer: "90" },
      { sent: [...this.#dialect.opening(resume), ...afterHandshake] },
    );
  }

  /** The server says something. */
  say(saying: Saying | readonly Saying[], seen: Seen = {}): this {
    const messages = Array.isArray(saying) ? (saying as readonly Saying[]) : [saying as Saying];
    return this.step({ do: "say", messages: messages as unknown as Notation }, seen);
  }

  /** From a dial to `connected`, without anything to bootstrap. */
  begin(seen: Seen = {}, attempt = 0): this {
    return this.open().say(this.#dialect.welcome(), {
      ...seen,
      states: [
        { status: "bootstrapping", attempt },
        { status: "connected", attempt },
      ],
    });
  }

  /** The link is lost. `attempt` is that of the wait which follows; the wait is half of its bound. */
  lose(attempt: number, retryInMs: number, seen: Seen = {}, code = 1006): this {
    return this.step(
      { do: "lose", code },
      { ...seen, states: [{ status: "waiting", attempt, retryInMs, error: "CONNECTION_LOST" }] },
    );
  }

  /** The wait is over. */
  redial(attempt: number, ms: number): this {
    const protocols = this.#dialect.protocol === "hetu.2" ? ["hetu.2"] : [];
    return this.step(
      { do: "wait", ms },
      { dials: [protocols], states: [{ status: "connecting", attempt, error: "CONNECTION_LOST" }] },
    );
  }

  call(as: string, name: string, args: readonly Notation[], seen: Seen = {}): this {
    return this.step({ do: "call", as, name, args }, seen);
  }

  /** A live query of accounts by number. */
  range(as: string, seen: Seen = {}, left: Notation = null, right: Notation = null): this {
    return this.step({ do: "range", as, component: "Account", index: "number", left, right }, seen);
  }

  wait(ms: number, seen: Seen = {}): this {
    return this.step({ do: "wait", ms }, seen);
  }

  step(action: Said, seen: Seen): this {
    this.#steps.push({ ...action, then: seen as unknown as Notation });
    return this;
  }
}
