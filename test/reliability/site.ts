import type { Beat } from "../fixtures/ledger/generated/server-ts/ledger/index.js";
import { LedgerClient, ACCOUNTS, OPENING_BALANCE } from "./ledger-client.js";
import { Database, type DatabaseKind } from "./database.js";
import { type Installation, Machine } from "./machine.js";
import { StoredLedger } from "./stored-ledger.js";
import { bounded, until } from "./waiting.js";

export interface SiteOptions {
  readonly database: DatabaseKind;
  readonly machines: number;
  readonly workers: number;
  /** The last machine's wall clock can be set. */
  readonly ownClock: boolean;
}

const CLIENTS = 6;
/** Increments that each client has made before anything is disturbed. */
const WARM = 20;

/** Redis, machines with servers, and clients that are spread over the machines and never rest. */
export class Site {
  private constructor(
    readonly database: Database,
    readonly machines: readonly [Machine, ...Machine[]],
    readonly stored: StoredLedger,
    readonly clients: readonly LedgerClient[],
  ) {}

  static async start(installation: Installation, options: SiteOptions, random: () => number): Promise<Site> {
    const database = await Database.start(options.database);
    const machines: Machine[] = [];
    const clients: LedgerClient[] = [];
    try {
      for (let n = 1; n <= options.machines; n++) {
        const ownClock = options.ownClock && n === options.machines;
        machines.push(await Machine.start(installation, database, { workers: options.workers, ownClock }));
      }
      const [first, ...others] = machines;
      if (first === undefined) throw new RangeError("a site without a machine");
      for (let n = 1; n <= CLIENTS; n++) {
        const { url } = machines[n % machines.length] ?? first;
        clients.push(new LedgerClient(url, n, CLIENTS, random));
      }
      const opening = clients.slice(0, 1).map(({ client }) => client.calls.openAccounts(ACCOUNTS, OPENING_BALANCE));
      await bounded("opening accounts", Promise.all(opening));
      await bounded("subscribing", Promise.all(clients.map((client) => client.ready())));
      for (const client of clients) client.start();
      await until("every client has called", () => clients.every(({ increments }) => increments.answered.size >= WARM));
      return new Site(database, [first, ...others], new StoredLedger(database), clients);
    } catch (error) {
      await stopAll(clients, machines, database);
      throw error;
    }
  }

  /** Milliseconds until nobody answers for a process any more: its lease is gone, and so is what it held. */
  leaseGone(pid: number): Promise<number> {
    const gone = until(`the lease of ${pid} is gone`, () =>
      this.stored.holdsLease(pid).then(
        (holds) => !holds,
        () => false,
      ),
    );
    // Whoever waits for it is told; until then something else may go wrong first.
    gone.catch(() => undefined);
    return gone;
  }

  /** Whether the presence rows are the connections that clients have. */
  async presenceFits(): Promise<boolean> {
    const answers = await Promise.allSettled(this.clients.map(({ client }) => client.calls.link()));
    const links = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    // Whose link broke has another one soon.
    if (links.length < answers.length) return false;
    const rows = await this.stored.rows("Presence");
    const present = rows.map((row) => ("link" in row ? String(row.link) : ""));
    return present.toSorted().join() === links.map(String).toSorted().join();
  }

  /** Milliseconds from a moment until the engine has run `beat` for a tick that was to come then. */
  async nextTick(since: number): Promise<number> {
    let newest: bigint | undefined;
    return until(
      "ticks go on",
      async () => {
        const ticks = (await this.stored.rows<Beat>("Beat").catch(() => [])).map(({ tick }) => tick);
        const last = ticks.reduce((a, b) => (a > b ? a : b), 0n);
        newest ??= ticks.length === 0 ? undefined : last;
        return newest !== undefined && last > newest;
      },
      since,
    );
  }

  stop(): Promise<void> {
    return stopAll(this.clients, this.machines, this.database);
  }
}

async function stopAll(
  clients: readonly LedgerClient[],
  machines: readonly Machine[],
  database: Database,
): Promise<void> {
  for (const client of clients) client.close();
  for (const machine of machines) await machine.stop();
  await database.stop();
}
