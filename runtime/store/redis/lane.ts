import type { NodeConnection } from "./connection.js";
import type { RedisCall } from "./redis-call.js";

/** A connection, and the calls that wait until there is one. They leave in the order they came in. */
export class Lane {
  readonly connection: NodeConnection;
  #waiting: RedisCall[] = [];

  constructor(connection: NodeConnection) {
    this.connection = connection;
    connection.onReady(() => {
      for (const call of this.#takeWaiting()) this.dispatch(call);
    });
  }

  dispatch(call: RedisCall): void {
    if (this.connection.ready) this.connection.send(call);
    else this.#waiting.push(call);
  }

  /** Ends all calls that wait. */
  refuseWaiting(refuse: (call: RedisCall) => void): void {
    for (const call of this.#takeWaiting()) refuse(call);
  }

  #takeWaiting(): RedisCall[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
