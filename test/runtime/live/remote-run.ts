import { expect } from "vitest";
import type { LiveOptions } from "../../../runtime/live/contract.js";
import { SubscriptionNumbers } from "../../../runtime/live/subscription-numbers.js";
import type { StoreSet } from "../../../runtime/store/contract.js";
import type { WireRow } from "../../../runtime/wire/server-frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { DelayedStore, macrotask } from "./delayed-store.js";
import { commitTo, openLive, type TestLive, TestViewer, type Write } from "./live-world.js";
import { Oracle } from "./oracle.js";
import { requestOf, setContext, sorted } from "./random-requests.js";
import { type Context, INDEXES, type RandomQuery, type RandomWrite, VIEWERS } from "./random-steps.js";
import type { RemoteStep, Travel } from "./remote-steps.js";

/** A store, what its rows should be at each position, and how far viewers have been told. */
class Site {
  readonly store = new DelayedStore(schema);
  readonly oracle = new Oracle();
  told = 0;
  /** Positions of the messages that were handed on. */
  readonly messages: number[] = [];
}

/** What a query should give a viewer at the position that it was told of. */
type Expected = (context: Context) => WireRow[];

class Player {
  context: Context = { caller: undefined, admin: false, guild: undefined };
  viewer: TestViewer;
  readonly held = new Map<string, Expected>();
  /** Changes of who it is that are not through yet. */
  moving = 0;

  constructor(viewer: TestViewer) {
    this.viewer = viewer;
  }
}

/**
 * Carries out random steps on live queries over shared stores, and checks after each event that every viewer has
 * exactly what was there at the position that it was told of.
 */
export class RemoteRun {
  live: TestLive;
  readonly #sites: readonly Site[];
  readonly #stores: StoreSet;
  readonly #options: Partial<LiveOptions>;
  readonly #players: readonly Player[];
  readonly #underWay: Promise<unknown>[] = [];
  #exchanging = false;
  #failure: unknown;

  /** @param stores 1, or 2: every other table is in the second one. */
  constructor(stores: number) {
    const sites = Array.from({ length: stores }, () => new Site());
    const [home, ...others] = sites.map(({ store }) => store);
    if (home === undefined) throw new RangeError("no store");
    this.#sites = sites;
    this.#stores = { all: [home, ...others], of: (table) => this.#siteOf(table).store };
    this.#options = {
      numbers: new SubscriptionNumbers(),
      onMessage: (message, position, store) => {
        const site = sites.find((one) => one.store === store);
        site?.messages.push(position);
        try {
          expect(Buffer.from(message).toString()).toBe(String(position));
          // The updates of its commit have been delivered.
          expect(this.live.reached(store, position)).toBeUndefined();
          this.#compare();
        } catch (error) {
          this.#failure ??= error;
        }
      },
    };
    this.live = openLive(this.#stores, this.#options);
    this.#players = Array.from({ length: VIEWERS }, () => new Player(new TestViewer(this)));
  }

  /** Begins a step; what it leads to comes later. */
  async begin(step: RemoteStep, { late, lag, foreign }: Travel): Promise<void> {
    for (const { store } of this.#sites) Object.assign(store, { seesLate: late, lag, foreign });
    switch (step.do) {
      case "write":
        return this.#write(step.writes);
      case "drain":
        return this.#commit(this.#siteOf(step.table), this.#siteOf(step.table).oracle.drain(step));
      case "subscribe": {
        this.#subscribe(this.#player(step.viewer), step.query);
        return;
      }
      case "unsubscribe": {
        this.#unsubscribe(this.#player(step.viewer), step.which);
        return;
      }
      case "become": {
        this.#become(this.#player(step.viewer), step.context);
        return;
      }
      case "reconnect": {
        this.#reconnect(this.#player(step.viewer), step.context);
        return;
      }
      case "lose": {
        this.#site(step.store).store.lose(step.kept);
        return;
      }
      case "rewrite":
        return this.#rewrite(this.#site(step.store), step.undone, step.kept, step.writes);
      case "exchange":
        return this.#exchange(step.cancel);
      case "read":
        return;
    }
  }

  /** Lets things arrive, and checks after each. */
  async travel({ events, which }: Travel): Promise<void> {
    for (const [at, event] of events.entries()) {
      const { store } = this.#site(which + at);
      if (event === "arrive") store.arrive();
      else if (event === "answer") store.answer(which);
      else await (event === "microtask" ? Promise.resolve() : macrotask());
      this.check();
    }
  }

  /** Lets everything arrive. */
  async settle(): Promise<void> {
    // What is under way may lead to more.
    for (let open = true; open;) {
      const all = this.#underWay.splice(0);
      open = all.length > 0;
      let ended = false;
      const end = Promise.all(all).finally(() => (ended = true));
      do {
        for (const { store } of this.#sites) await store.settle();
      } while (!ended || this.#sites.some(({ store }) => store.underWay > 0));
      await end;
    }
    for (const { store, messages } of this.#sites) {
      expect(this.live.reached(store, store.committed)).toBeUndefined();
      expect(messages).toEqual(store.arrived);
    }
    this.check();
  }

  /** Every view, built from answers and updates alone, is what the store had at the position that was told. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#compare();
  }

  #compare(): void {
    if (this.#sites.some(({ store }) => store.rewriting)) return;
    for (const site of this.#sites) {
      while (site.told < site.store.committed && this.live.reached(site.store, site.told + 1) === undefined)
        site.told++;
    }
    for (const { viewer, held, context, moving } of this.#players) {
      if (moving > 0 || this.#exchanging) continue;
      for (const [id, expected] of held) {
        const rows = [...(viewer.views.get(id)?.values() ?? [])].map(sorted).sort();
        expect(rows, id).toEqual(expected(context).map(sorted).sort());
      }
    }
  }

  /** Ends all and checks that nothing is left. */
  finish(): void {
    for (const { viewer } of this.#players) this.live.drop(viewer);
    expect([this.live.subscriptions, this.live.queries]).toEqual([0, 0]);
    this.live.close();
  }

  async #write(writes: readonly RandomWrite[]): Promise<void> {
    for (const site of this.#sites) {
      await this.#commit(site, this.#commandsOf(site, writes));
    }
  }

  #commandsOf({ store, oracle }: Site, writes: readonly RandomWrite[]): Write[] {
    const first = new Map(writes.map((write) => [`${write.table} ${write.id}`, write]));
    return [...first.values()]
      .filter(({ table }) => this.#stores.of(table) === store)
      .map((write) => oracle.write(write))
      .filter((command) => command !== undefined);
  }

  async #commit({ store, oracle }: Site, commands: readonly Write[]): Promise<void> {
    if (commands.length === 0) return;
    const position = await commitTo(store, commands, Buffer.from(String(store.committed + 1)));
    oracle.remember(position);
  }

  async #rewrite(site: Site, undone: number, kept: number, writes: readonly (readonly RandomWrite[])[]): Promise<void> {
    const { store, oracle } = site;
    oracle.rewind(Math.max(0, store.committed - undone));
    const position = await store.rewrite(undone, kept, async () => {
      for (const some of writes) {
        const commands = this.#commandsOf(site, some);
        if (commands.length > 0) await commitTo(store, commands);
      }
    });
    oracle.remember(position);
  }

  #subscribe(player: Player, query: RandomQuery): void {
    const { viewer } = player;
    const answer = Promise.resolve(viewer.subscribe(requestOf(query)));
    this.#underWay.push(
      answer.then((result) => {
        if (result.status !== "subscribed" || player.viewer !== viewer) return;
        player.held.set(result.subscription, this.#expected(query, result.rows[0]?.id));
      }),
    );
  }

  #expected(query: RandomQuery, found: bigint | undefined): Expected {
    const site = this.#siteOf(query.table);
    if (query.kind === "range") return (context) => site.oracle.at(site.told).select(query, context);
    return (context) =>
      [site.oracle.at(site.told).row(query.table, Number(found), context)].filter((row) => row !== undefined);
  }

  #unsubscribe(player: Player, which: number): void {
    const id = [...player.held.keys()][which];
    if (id === undefined) return;
    player.viewer.unsubscribe(id);
    player.held.delete(id);
  }

  #become(player: Player, context: Context): void {
    const { viewer } = player;
    setContext(player, context);
    player.moving++;
    this.#underWay.push(
      Promise.resolve(this.live.reevaluate(viewer)).then(() => {
        if (player.viewer === viewer) player.moving--;
      }),
    );
  }

  #reconnect(player: Player, context: Context): void {
    this.live.drop(player.viewer);
    player.viewer = new TestViewer(this);
    player.held.clear();
    player.moving = 0;
    setContext(player, context);
  }

  async #exchange(cancel: boolean): Promise<void> {
    if (this.#exchanging) return;
    const before = this.live;
    const handed = before.handOver();
    const exchange = (held: Awaited<typeof handed>): void => {
      this.#exchanging = false;
      if (cancel) {
        held.cancel();
        return;
      }
      for (const { store } of this.#sites) store.exchangeCodecs();
      const next = openLive(this.#stores, this.#options);
      this.live = next;
      const lost = next.takeOver(held);
      before.close();
      this.#underWay.push(Promise.resolve(lost).then((all) => expect(all).toEqual([])));
    };
    if (!(handed instanceof Promise)) {
      exchange(handed);
      return;
    }
    this.#exchanging = true;
    this.#underWay.push(handed.then(exchange));
  }

  #player(at: number): Player {
    return this.#players[at] as Player;
  }

  #site(at: number): Site {
    return this.#sites[at % this.#sites.length] as Site;
  }

  #siteOf(table: string): Site {
    return this.#site(Math.max(0, Object.keys(INDEXES).indexOf(table)));
  }
}
