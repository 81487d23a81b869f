import { expect } from "vitest";
import type { LiveUpdate } from "../../../runtime/live/contract.js";
import type { Store } from "../../../runtime/store/contract.js";
import { readServerFrame, type WireRow } from "../../../runtime/wire/server-frames.js";
import { ArrayView } from "./array-view.js";
import { openWorld, type TestViewer, type Write } from "./live-world.js";
import { text } from "./row-text.js";
import { Oracle } from "./oracle.js";
import { requestOf, setContext, sorted } from "./random-requests.js";
import { type Context, type RandomQuery, type Step, VIEWERS } from "./random-steps.js";

/** What a fresh query would give a viewer now. */
type Expected = (context: Context) => WireRow[];

/** A connection that also reads slowly: it takes what was merged meanwhile only now and then. */
class Player {
  context: Context = { caller: undefined, admin: false, guild: undefined };
  viewer: TestViewer;
  held = new Map<string, Expected>();
  readonly slow = new Map<string, { rows: Map<bigint, WireRow>; arrays: ArrayView; pending: LiveUpdate | undefined }>();

  constructor(viewer: TestViewer) {
    this.viewer = viewer;
  }
}

type OpenWorld = ReturnType<typeof openWorld<Store>>;

/** Carries out random steps on live queries and on the oracle at once. */
export class RandomRun {
  /** One for each process; the first one writes. */
  readonly #worlds: readonly [OpenWorld, ...OpenWorld[]];
  readonly #oracle = new Oracle();
  readonly #players: Player[];

  /**
   * @param store is written to.
   * @param others have the same data, as other processes do.
   */
  constructor(store: Store, ...others: readonly Store[]) {
    this.#worlds = [openWorld({}, store), ...others.map((other) => openWorld({}, other))];
    this.#players = Array.from({ length: VIEWERS }, (_, at) => new Player(this.#worldOf(at).viewer()));
  }

  async take(step: Step): Promise<void> {
    if (step.do === "write") await this.#write(step.writes);
    else if (step.do === "drain") await this.#commit(this.#oracle.drain(step));
    else if (step.do === "subscribe") await this.#subscribe(this.#player(step.viewer), step.query);
    else if (step.do === "become") await this.#become(step.viewer, step.context);
    else if (step.do === "unsubscribe") this.#unsubscribe(this.#player(step.viewer), step.which);
    else if (step.do === "reconnect") this.#reconnect(step.viewer, step.context);
    else this.#read(this.#player(step.viewer));
  }

  /** Every view, built from answers and updates alone, is what a fresh query would give. */
  check(): void {
    for (const { viewer, held, context } of this.#players) {
      for (const [id, expected] of held) {
        const rows = [...(viewer.views.get(id)?.values() ?? [])].map(sorted).sort();
        expect(rows, id).toEqual(expected(context).map(sorted).sort());
      }
    }
  }

  /** Ends all and checks that nothing is left. */
  finish(): void {
    for (const [at, { viewer }] of this.#players.entries()) this.#worldOf(at).live.drop(viewer);
    for (const { live } of this.#worlds) {
      expect([live.subscriptions, live.queries]).toEqual([0, 0]);
      live.close();
    }
  }

  async #write(writes: Extract<Step, { do: "write" }>["writes"]): Promise<void> {
    const first = new Map(writes.map((write) => [`${write.table} ${write.id}`, write]));
    const commands: Write[] = [];
    for (const write of first.values()) {
      const command = this.#oracle.write(write);
      if (command !== undefined) commands.push(command);
    }
    return this.#commit(commands);
  }

  async #commit(commands: readonly Write[]): Promise<void> {
    if (commands.length === 0) return;
    const position = await this.#worlds[0].commit(...commands);
    for (const { live, store } of this.#worlds) await live.reached(store, position);
    for (const player of this.#players) {
      const { updates } = player.viewer;
      expect(updates.map((update) => update.position)).toEqual(updates.map(() => position));
      expect(new Set(updates.map((update) => update.subscription)).size).toBe(updates.length);
      this.#collect(player);
    }
  }

  async #subscribe(player: Player, query: RandomQuery): Promise<void> {
    const result = await player.viewer.subscribe(requestOf(query));
    const rows = this.#oracle.select(
      query.kind === "get" ? { ...query, right: undefined, limit: 1, desc: false } : query,
      player.context,
    );
    if (query.kind === "get" && query.left === undefined) {
      expect(result).toMatchObject({ status: "refused", kind: "get" });
      return;
    }
    const empty = rows.length === 0 && (query.kind === "get" || !query.force);
    if (empty || !this.#oracle.mayRead(query.table, player.context)) {
      expect(result).toMatchObject({ status: "empty", kind: query.kind });
      return;
    }
    if (result.status !== "subscribed") throw new Error(`not subscribed: ${JSON.stringify(result)}`);
    const frame = readServerFrame(result.hetu1());
    expect(frame.kind === "sub" && frame.rows.map(sorted)).toEqual(rows.map(sorted));
    player.held.set(result.subscription, this.#held(query, result.rows[0]?.id));
    const view = player.viewer.views.get(result.subscription);
    player.slow.set(result.subscription, {
      rows: new Map(view),
      arrays: new ArrayView(query.table, result.hetu2()),
      pending: undefined,
    });
  }

  #held(query: RandomQuery, found: bigint | undefined): Expected {
    if (query.kind === "range") return (context) => this.#oracle.select(query, context);
    return (context) => [this.#oracle.row(query.table, Number(found), context)].filter((row) => row !== undefined);
  }

  #unsubscribe(player: Player, which: number): void {
    const id = [...player.held.keys()][which];
    if (id === undefined) return;
    player.viewer.unsubscribe(id);
    player.held.delete(id);
    player.slow.delete(id);
  }

  async #become(at: number, context: Context): Promise<void> {
    const player = this.#player(at);
    setContext(player, context);
    await this.#worldOf(at).live.reevaluate(player.viewer);
    this.#collect(player);
  }

  #reconnect(at: number, context: Context): void {
    const player = this.#player(at);
    this.#worldOf(at).live.drop(player.viewer);
    player.viewer = this.#worldOf(at).viewer();
    player.held.clear();
    player.slow.clear();
    setContext(player, context);
  }

  /** A slow reader takes all that was merged since its last visit. */
  #read(player: Player): void {
    for (const [id, slow] of player.slow) {
      const { pending, rows, arrays } = slow;
      slow.pending = undefined;
      if (pending === undefined || pending.rows.size === 0) continue;
      const frame = readServerFrame(pending.hetu1());
      if (frame.kind !== "updt") throw new Error("not an updt");
      arrays.update(pending.hetu2(), false);
      for (const [row, value] of frame.rows) {
        if (value === undefined) expect(rows.delete(row), `row ${row} of ${id}`).toBe(true);
        else rows.set(row, value);
      }
      expect([...rows.values()].map(text).sort()).toEqual(
        [...(player.viewer.views.get(id)?.values() ?? [])].map(text).sort(),
      );
      arrays.expectSame(rows);
    }
  }

  #collect({ viewer, slow }: Player): void {
    for (const update of viewer.updates.splice(0)) {
      const reader = slow.get(update.subscription);
      if (reader !== undefined) reader.pending = reader.pending?.merge(update) ?? update;
    }
  }

  /** Players are spread over the processes. */
  #worldOf(player: number): OpenWorld {
    return this.#worlds[player % this.#worlds.length] ?? this.#worlds[0];
  }

  #player(at: number): Player {
    return this.#players[at] as Player;
  }
}
