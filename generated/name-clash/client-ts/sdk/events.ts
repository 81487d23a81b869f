import type { EventSpec } from "./codec/specs.js";
import { Signal, type Unsubscribe } from "./signal.js";

/** What the server sends with `ctx.send`. */
export class Events {
  readonly #signals: Map<string, Signal<[value: unknown]>> = new Map();
  readonly #report: (error: unknown) => void;
  #problemOf: (name: string) => Error | undefined = () => undefined;

  /** Made by `connect`. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /**
   * Calls the handler for each event of this kind, after the row updates of the same transaction. Events that are
   * sent while the link is down are lost.
   */
  on<T>(event: EventSpec<T>, handler: (value: T) => void): Unsubscribe {
    let signal = this.#signals.get(event.name);
    if (signal === undefined) {
      signal = new Signal(this.#report);
      this.#signals.set(event.name, signal);
      this.#complain(event.name);
    }
    // Read for each handler: they never share an object that one of them could change.
    return signal.on((value) => handler(event.read(value)));
  }

  /**
   * A connection has begun. Events that are listened to and cannot come over it are reported.
   * @param problemOf why an event cannot be read.
   */
  begin(problemOf: (name: string) => Error | undefined): void {
    this.#problemOf = problemOf;
    for (const name of this.#signals.keys()) this.#complain(name);
  }

  /** An event has come; nobody need care. */
  take(name: string, value: unknown): void {
    this.#signals.get(name)?.emit(value);
  }

  #complain(name: string): void {
    const problem = this.#problemOf(name);
    if (problem !== undefined) this.#report(problem);
  }
}
