import type { Duplex } from "node:stream";
import type { LiveUpdate } from "../live/contract.js";
import { LayerStack } from "../wire/layers/index.js";
import type { DurabilityQueue, DurabilityWaiter } from "./durability.js";
import type { FlushQueue, Flushable } from "./flush-queue.js";
import type { GateCounters } from "./counters.js";
import { hetu1 } from "./hetu1.js";
import type { Framing } from "./protocol.js";
import type { FrameBatch } from "./websocket-frame.js";
import { UpdateGroup } from "./update-group.js";

/** What all outboxes of a gate share. */
export interface OutboxContext {
  readonly durability: DurabilityQueue;
  readonly flushes: FlushQueue;
  readonly batch: FrameBatch;
  readonly counters: GateCounters;
  readonly socketBuffer: number;
  readonly maxBacklog: number;
}

export interface OutboxOwner {
  /** More waits for the reader than allowed; the owner disconnects it. */
  onOverflow(bytes: number): void;
  /** Something has left, after {@link Outbox.isFull} said yes. */
  onRoom(): void;
}

/** Messages that may wait before the connection's next request is held back. */
const FULL = 1000;

const enum State {
  /** Nothing waits. */
  Idle,
  /** To be flushed at the end of this tick. */
  Scheduled,
  /** The first message depends on a commit that is not durable yet. */
  AwaitsDurability,
  /** The socket has more than it should; updates are merged meanwhile. */
  AwaitsReader,
  Closed,
}

/**
 * Everything that leaves for one connection, in exact order. Each message depends on a position of the store and leaves
 * only when the store is durable up to it; those behind it wait, too. Messages of one tick go to the socket together.
 *
 * When the reader lags behind, updates are merged into one group of whole transactions between two answers or events,
 * which are never merged.
 */
export class Outbox implements DurabilityWaiter, Flushable {
  /** What messages go through as they leave, and not before: layers have state, and updates may yet be merged. */
  layers = new LayerStack();
  /** How frames become messages; set before anything is pushed. */
  framing: Framing = hetu1.framing;
  readonly #socket: Duplex;
  readonly #context: OutboxContext;
  readonly #owner: OutboxOwner;
  readonly #messages: (Uint8Array | LiveUpdate | UpdateGroup)[] = [];
  readonly #positions: number[] = [];
  #head = 0;
  #bytes = 0;
  #state: State = State.Idle;
  #wasFull = false;
  #stalledAt: number | undefined = undefined;

  constructor(socket: Duplex, context: OutboxContext, owner: OutboxOwner) {
    this.#socket = socket;
    this.#context = context;
    this.#owner = owner;
    socket.on("drain", () => {
      if (this.#state === State.AwaitsReader) this.flush();
    });
  }

  /** Whether the next request should wait until something has left; then `onRoom` is called. */
  isFull(): boolean {
    const full = this.#state === State.AwaitsReader || this.#messages.length - this.#head >= FULL;
    if (full) this.#wasFull = true;
    return full;
  }

  /** Since when the reader has taken nothing of what waits, in milliseconds of the monotonic clock. */
  get stalledAt(): number | undefined {
    return this.#stalledAt;
  }

  get empty(): boolean {
    return this.#head === this.#messages.length;
  }

  /** @param position what the store must be durable up to before `message` leaves; 0: at once. */
  push(message: Uint8Array, position: number): void {
    if (this.#state === State.Closed) return;
    this.#messages.push(message);
    this.#positions.push(position);
    this.#grow(message.length, position);
  }

  pushUpdate(update: LiveUpdate): void {
    const bytes = this.framing.size(update);
    if (this.#state === State.Closed || bytes === 0) return;
    if (this.#state !== State.AwaitsReader) {
      this.#messages.push(update);
      this.#positions.push(update.position);
      this.#grow(bytes, update.position);
      return;
    }
    const last = this.#messages.length - 1;
    const tail = this.#messages[last];
    this.#context.counters.mergedUpdates++;
    if (tail instanceof UpdateGroup && last >= this.#head) {
      this.#positions[last] = update.position;
      this.#grow(tail.add(update), update.position);
      return;
    }
    const group = new UpdateGroup((one) => this.framing.size(one));
    const size = group.add(update);
    this.#messages.push(group);
    this.#positions.push(update.position);
    this.#grow(size, update.position);
  }

  onDurable(): void {
    if (this.#state === State.AwaitsDurability) this.flush();
  }

  /** Hands everything that may leave to the socket. */
  flush(): void {
    if (this.#state === State.Closed) return;
    const { durability, batch, socketBuffer } = this.#context;
    const messages = this.#messages;
    const positions = this.#positions;
    const socket = this.#socket;
    const { framing } = this;
    this.#state = State.Idle;
    batch.begin(socket);
    framing.begin(this.#send);
    /** The transaction whose updates are being written, which leave together however full the socket gets. */
    let begun: number | undefined;
    while (this.#head < messages.length) {
      const position = positions[this.#head] ?? 0;
      const message = messages[this.#head];
      const transaction = message instanceof Uint8Array ? undefined : position;
      if (position > durability.position) {
        this.#state = State.AwaitsDurability;
        break;
      }
      if (socket.writableLength > socketBuffer && (transaction === undefined || transaction !== begun)) {
        this.#state = State.AwaitsReader;
        break;
      }
      begun = transaction;
      this.#head++;
      if (message !== undefined) this.#write(message, position);
    }
    framing.end();
    batch.end();
    this.#compact();
    // The break above is reached only with messages left; a full socket must hold back those to come as well.
    if (this.#state === State.Idle && socket.writableLength > socketBuffer) this.#state = State.AwaitsReader;
    this.#stalledAt = this.#state === State.AwaitsReader ? performance.now() : undefined;
    if (this.#state === State.AwaitsDurability) durability.enlist(this);
    if (this.#wasFull && !this.isFull()) {
      this.#wasFull = false;
      this.#owner.onRoom();
    }
  }

  /** Drops whatever has not left. */
  close(): void {
    this.#state = State.Closed;
    this.#messages.length = 0;
    this.#positions.length = 0;
    this.#head = 0;
    this.#bytes = 0;
    this.#stalledAt = undefined;
  }

  #grow(bytes: number, position: number): void {
    this.#bytes += bytes;
    if (this.#state === State.Idle) {
      if (position <= this.#context.durability.position) {
        this.#state = State.Scheduled;
        this.#context.flushes.schedule(this);
      } else {
        this.#state = State.AwaitsDurability;
        this.#context.durability.enlist(this);
      }
    } else if (this.#state === State.AwaitsReader) {
      const backlog = this.#bytes + this.#socket.writableLength;
      if (backlog > this.#context.maxBacklog) this.#owner.onOverflow(backlog);
    }
  }

  #write(message: Uint8Array | LiveUpdate | UpdateGroup, position: number): void {
    const { framing } = this;
    if (message instanceof Uint8Array) {
      this.#bytes -= message.length;
      framing.frame(message);
    } else if (message instanceof UpdateGroup) {
      this.#bytes -= message.size;
      for (const update of message.updates()) {
        // All that it told of came and went again while it waited.
        if (framing.size(update) > 0) framing.update(update, position);
      }
    } else {
      this.#bytes -= framing.size(message);
      framing.update(message, position);
    }
  }

  readonly #send = (message: Uint8Array): void => {
    const bytes = this.layers.encode(message);
    this.#context.counters.sentMessages++;
    this.#context.counters.sentBytes += bytes.length;
    this.#context.batch.add(bytes);
  };

  #compact(): void {
    if (this.#head === this.#messages.length) {
      this.#messages.length = 0;
      this.#positions.length = 0;
      this.#head = 0;
      this.#bytes = 0;
    } else if (this.#head > FULL) {
      this.#messages.splice(0, this.#head);
      this.#positions.splice(0, this.#head);
      this.#head = 0;
    }
  }
}
