import type { Client, GateLog } from "../gate/client.js";
import { TokenBucket } from "../gate/token-bucket.js";
import type { Principal } from "../transaction/contract.js";
import type { Log } from "./log.js";

/** Failures of one system that are logged at once, and how many more a second: a broken system must not fill a disk. */
const FAILURE_BURST = 20;
const FAILURES_PER_MS = 1 / 1000;

interface Throttle {
  readonly bucket: TokenBucket;
  suppressed: number;
}

/** Puts what the gate has to say into words. */
export class WrittenGateLog implements GateLog {
  readonly #log: Log;
  readonly #instance: string;
  readonly #throttles = new Map<string, Throttle>();

  constructor(log: Log, instance: string) {
    this.#log = log;
    this.#instance = instance;
  }

  connectionError(client: Client, error: Error): void {
    this.#log.debug({ ...this.#client(client), err: error }, "connection error");
  }

  malformed(client: Client, reason: string): void {
    this.#log.debug({ ...this.#client(client), reason }, "malformed message");
  }

  refusedSubscription(client: Client, reason: string): void {
    this.#log.debug({ ...this.#client(client), reason }, "subscription refused");
  }

  refusedUpgrade(address: string, reason: string): void {
    this.#log.debug({ instance: this.#instance, address, reason }, "connection refused");
  }

  callFailed(name: string, client: Principal, error: unknown): void {
    const suppressed = this.#pass(name);
    if (suppressed === undefined) return;
    this.#log.error(
      { ...this.#principal(client), system: name, err: error, ...(suppressed > 0 ? { suppressed } : {}) },
      `${name} failed`,
    );
  }

  hookRejected(name: string, client: Principal, code: string): void {
    this.#log.debug({ ...this.#principal(client), system: name, code }, `${name} rejected`);
  }

  fault(client: Client, error: unknown): void {
    this.#log.error({ ...this.#client(client), err: error }, "fault in the server, the connection is closed");
  }

  disconnected(client: Client, code: number, reason: string): void {
    this.#log.debug({ ...this.#client(client), code, reason }, "disconnected");
  }

  leftBehind(connections: number): void {
    this.#log.info(
      { instance: this.#instance, connections },
      "ran @on(disconnect) for connections that an earlier process had left behind",
    );
  }

  /** @returns how many were left out since the last one; `undefined`: leave this one out, too. */
  #pass(name: string): number | undefined {
    const now = performance.now();
    let throttle = this.#throttles.get(name);
    if (throttle === undefined) {
      throttle = { bucket: new TokenBucket(FAILURE_BURST, FAILURES_PER_MS, now), suppressed: 0 };
      this.#throttles.set(name, throttle);
    }
    if (!throttle.bucket.take(now)) {
      throttle.suppressed++;
      return undefined;
    }
    const { suppressed } = throttle;
    throttle.suppressed = 0;
    return suppressed;
  }

  #client(client: Client): object {
    return { ...this.#principal(client), address: client.address.address };
  }

  #principal(client: Principal): object {
    return {
      instance: this.#instance,
      connection: client.connection?.toString(),
      ...(client.caller === undefined ? {} : { caller: client.caller.toString() }),
    };
  }
}
