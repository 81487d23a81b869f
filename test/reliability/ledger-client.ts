import { WebSocket } from "ws";
import {
  Account,
  CallFailedError,
  CallRejectedError,
  CallTimeoutError,
  type Client,
  connect,
  Counter,
  type LiveRange,
  Mark,
  OutcomeUnknownError,
  Presence,
  QueueFullError,
} from "../fixtures/ledger/generated/client-ts/ledger/index.js";
import { pause } from "./waiting.js";

export const ACCOUNTS = 8;
export const OPENING_BALANCE = 1_000n;
/** Numbers of one client's calls begin at a multiple of this. */
const NUMBERS = 1_000_000_000n;
/** A loop makes its next call so many milliseconds after the last answer. */
const REST = 10;
const WINDOW = 20;

/** What became of calls that have numbers. */
export class Outcomes {
  readonly answered = new Set<bigint>();
  /** Nobody knows whether they happened. */
  readonly unknown = new Set<bigint>();
  /** The client was told that they have not happened. */
  readonly refused = new Set<bigint>();
  /** Server code failed: they have not happened, unless Redis has forgotten what it knew of them. */
  readonly failed = new Set<bigint>();
}

/** A client that transfers, counts and pays in, one call of each kind at a time, and follows what all of them do. */
export class LedgerClient {
  readonly increments = new Outcomes();
  readonly deposits = new Outcomes();
  /** What must never happen, in words. */
  readonly problems: string[] = [];
  readonly client: Client;
  readonly accounts: LiveRange<Account>;
  readonly counters: LiveRange<Counter>;
  readonly presence: LiveRange<Presence>;
  /** The newest increments of the client after this one: a window whose rows always change. */
  readonly window: LiveRange<Mark>;
  /** The newest increment that was answered: when the call was made, by `performance.now()`, and the answer. */
  newest = { made: 0, value: 0n };
  /** When the last call of any kind that was answered had been made. */
  #newestCall = 0;
  #next: bigint;
  #going = true;
  #loops: Promise<unknown> = Promise.resolve();
  readonly #random: () => number;

  /** @param number of the client, from 1 on. */
  constructor(
    url: string,
    readonly number: number,
    clients: number,
    random: () => number,
  ) {
    this.#random = random;
    this.#next = BigInt(number) * NUMBERS;
    this.client = connect(url, {
      webSocket: WebSocket,
      callTimeoutMs: 80_000,
      connectTimeoutMs: 2000,
      keepAliveMs: 1000,
      keepAliveTimeoutMs: 1000,
      reconnect: { baseMs: 20, maxMs: 200 },
      bootstrap: async ({ calls }) => {
        await calls.login(BigInt(number));
      },
    });
    this.client.onError((error) => this.problems.push(`client ${number} reports ${String(error)}`));
    this.client.onConnection(({ status, error }) => {
      if (status === "closed" && this.#going) this.problems.push(`client ${number} was closed: ${String(error)}`);
    });
    this.accounts = this.client.query(Account).range("number");
    this.counters = this.client.query(Counter).range("client");
    this.presence = this.client.query(Presence).range("id");
    const [first, last] = windowOf(number, clients);
    this.window = this.client.query(Mark).range("number", first, last, { desc: true, limit: WINDOW });
  }

  async ready(): Promise<void> {
    await Promise.all([this.accounts, this.counters, this.presence, this.window].map(({ ready }) => ready));
  }

  /** Whether a call has been answered that was made after a moment. */
  answeredSince(moment: number): boolean {
    return this.#newestCall > moment;
  }

  /** Calls until {@link stop}. */
  start(): void {
    this.#loops = Promise.all([this.#transfers(), this.#increments(), this.#deposits()]);
  }

  /** Makes no more calls. @returns when the last one is decided. */
  async stop(): Promise<void> {
    this.#going = false;
    await this.#loops;
  }

  close(): void {
    this.#going = false;
    this.client.close();
  }

  async #transfers(): Promise<void> {
    await this.#repeat(undefined, () => {
      const from = Math.floor(this.#random() * ACCOUNTS);
      const to = (from + 1 + Math.floor(this.#random() * (ACCOUNTS - 1))) % ACCOUNTS;
      return this.client.calls.transfer(from, to, BigInt(1 + Math.floor(this.#random() * 50)));
    });
  }

  async #increments(): Promise<void> {
    let last = 0n;
    await this.#repeat(this.increments, async (number) => {
      const made = performance.now();
      const value = await this.client.calls.increment(this.number, number);
      if (value <= last) this.problems.push(`client ${this.number} was answered ${value} after ${last}`);
      last = value;
      this.newest = { made, value };
      // Its own changes have been told before the answer.
      const shown = this.counters.rows.find(({ client }) => client === this.number)?.value ?? 0n;
      if (!this.counters.stale && shown < value)
        this.problems.push(`client ${this.number} is shown ${shown} after the answer ${value}`);
    });
  }

  async #deposits(): Promise<void> {
    await this.#repeat(this.deposits, (number) => this.client.calls.deposit(this.number, number));
  }

  async #repeat(outcomes: Outcomes | undefined, call: (number: bigint) => Promise<unknown>): Promise<void> {
    while (this.#going) {
      const number = this.#next++;
      const made = performance.now();
      try {
        await call(number);
        this.#newestCall = Math.max(this.#newestCall, made);
        outcomes?.answered.add(number);
      } catch (error) {
        this.#failed(error, number, outcomes);
      }
      await pause(REST);
    }
  }

  #failed(error: unknown, number: bigint, outcomes: Outcomes | undefined): void {
    if (error instanceof OutcomeUnknownError) {
      outcomes?.unknown.add(number);
    } else if (error instanceof CallRejectedError) {
      outcomes?.refused.add(number);
    } else if (error instanceof CallTimeoutError || error instanceof QueueFullError) {
      outcomes?.refused.add(number);
    } else if (error instanceof CallFailedError) {
      outcomes?.failed.add(number);
    } else {
      this.problems.push(`client ${this.number}: ${String(error)}`);
      outcomes?.unknown.add(number);
    }
  }
}

/** Numbers of the calls that a client's window shows. */
export function windowOf(number: number, clients: number): readonly [bigint, bigint] {
  const shown = BigInt((number % clients) + 1);
  return [shown * NUMBERS, (shown + 1n) * NUMBERS - 1n];
}

export { WINDOW };
