import { prefixSuccessor } from "../codegen/key-writer.js";
import type { Visibility } from "./access.js";
import { holds } from "./bounds.js";
import { Channel, rememberCells } from "./channel.js";
import type { Coverage, Interested } from "./interest.js";
import type { RowView } from "./row-view.js";
import type { QuerySpec, ScanResult } from "./scan.js";
import { type Place, Window } from "./window.js";

interface PendingChange {
  readonly position: number;
  readonly id: bigint;
  readonly key: Uint8Array | undefined;
  readonly view: RowView | undefined;
}

/**
 * One query under one visibility, however many viewers and ids it has. It follows the changes that the table hands
 * it and tells its channels what has become of its window.
 */
export class SharedQuery implements Interested {
  readonly key: string;
  readonly spec: QuerySpec;
  readonly visibility: Visibility;
  readonly discriminator: string | undefined;
  readonly window: Window;
  /** Subscriptions that hold it, and requests that are about to. */
  holders = 0;
  /** Nobody holds it any more. */
  ended = false;
  /** The last change that reached it, so that none reaches it twice. */
  lastChange = 0;
  /** Where it is entered in the interest of its index. */
  coverage: Coverage | undefined;
  /** The frontier for which {@link coverage} was worked out. */
  coveredTo: Place | undefined;
  /** Settles when the first rows are there; `undefined` when they are. */
  loading: Promise<void> | undefined;
  /** Changes that came while a scan was under way. */
  #backlog: PendingChange[] | undefined;
  /** The first of its channels, and the others by id: clients that write one range in different ways are few. */
  #channel: Channel | undefined;
  #others: Map<string, Channel> | undefined;

  constructor(key: string, spec: QuerySpec, visibility: Visibility, window = new Window(spec.limit, spec.desc)) {
    this.key = key;
    this.spec = spec;
    this.visibility = visibility;
    this.discriminator = visibility.discriminator;
    this.window = window;
  }

  /**
   * The new state of a row; `undefined` when it is gone.
   * @param position of the commit.
   */
  apply(id: bigint, key: Uint8Array | undefined, view: RowView | undefined, position: number): void {
    const inside =
      key !== undefined && view !== undefined && holds(this.spec.interval, key) && this.visibility.passes(view.row);
    if (this.#backlog === undefined) this.window.apply(id, inside ? key : undefined, inside ? view : undefined);
    else if (inside) this.#backlog.push({ position, id, key, view });
    else this.#backlog.push({ position, id, key: undefined, view: undefined });
  }

  /** A scan begins: changes are kept until {@link finishLoad}. */
  beginLoad(): void {
    this.#backlog = [];
  }

  /**
   * Takes over what a scan has found, and on top of it the changes that came meanwhile and that the scan has not seen.
   * All commits that it has seen must have been handed to the queries.
   *
   * @param rewritten Whether rows of the same version may differ from what is known of them.
   */
  finishLoad(loaded: ScanResult, rewritten: boolean): void {
    const backlog = this.#backlog ?? [];
    this.#backlog = undefined;
    this.window.load(loaded, rewritten);
    for (const { position, id, key, view } of backlog) {
      if (position > loaded.position) this.window.apply(id, key, view);
    }
  }

  /** Whether the store must be asked to fill the window, and has not been yet. */
  get needsRows(): boolean {
    return this.#backlog === undefined && this.window.needsRows;
  }

  /** The place behind which changes do not matter; `undefined`: all of the range matters. */
  get knownTo(): Place | undefined {
    return this.#backlog === undefined ? this.window.frontier : undefined;
  }

  /** The keys whose changes it must hear of: those of its range up to the window's frontier. */
  neededCoverage(): Coverage | undefined {
    const { interval, desc } = this.spec;
    if (interval.empty || this.spec.limit === 0) return undefined;
    const frontier = this.knownTo;
    if (frontier === undefined || interval.point !== undefined) return interval;
    return desc
      ? { lower: frontier.key, upper: interval.upper, point: undefined }
      : { lower: interval.lower, upper: prefixSuccessor(frontier.key), point: undefined };
  }

  /** Delivers what has changed since the last time to all subscribers. */
  publish(position: number): void {
    const deltas = this.window.takeDeltas();
    if (deltas.length === 0) return;
    const owners = new Set<bigint>();
    for (const { before, after } of deltas) {
      if (before?.owner !== undefined) owners.add(before.owner);
      if (after?.owner !== undefined) owners.add(after.owner);
    }
    const cells = rememberCells(deltas);
    this.#channel?.publish(position, owners, cells);
    for (const channel of this.#others?.values() ?? []) channel.publish(position, owners, cells);
  }

  /** The channel of an id, made when it is not there yet. */
  channel(id: string, number: number): Channel {
    if (this.#channel?.id === id) return this.#channel;
    let channel = this.#others?.get(id);
    if (channel !== undefined) return channel;
    channel = new Channel(id, number);
    if (this.#channel === undefined) this.#channel = channel;
    else this.#others = (this.#others ?? new Map<string, Channel>()).set(id, channel);
    return channel;
  }

  removeChannelIfEmpty(channel: Channel): void {
    if (!channel.empty) return;
    if (this.#channel === channel) this.#channel = undefined;
    this.#others?.delete(channel.id);
  }

  /** The rows that subscribers have, by id. */
  view(): ReadonlyMap<bigint, RowView> {
    return new Map(this.window.visible().map(({ id, view }) => [id, view]));
  }
}
