import type { Client, GateLog } from "../gate/client.js";
import type { Principal } from "../transaction/contract.js";
import type { Log } from "./log.js";
import { LogThrottle } from "./log-throttle.js";

/** Puts what the gate has to say into words. Whatever a client can provoke is throttled, so that none can fill a disk. */
export class WrittenGateLog implements GateLog {
  readonly #log: Log;
  readonly #instance: string;
  readonly #throttle = new LogThrottle();

  constructor(log: Log, instance: string) {
    this.#log = log;
    this.#instance = instance;
  }

  connectionError(client: Client, error: Error): void {
    this.#debug("connection error", () => ({ ...this.#client(client), err: error }));
  }

  malformed(client: Client, reason: string): void {
    this.#debug("malformed message", () => ({ ...this.#client(client), reason }));
  }

  refusedSubscription(client: Client, reason: string): void {
    this.#debug("subscription refused", () => ({ ...this.#client(client), reason }));
  }

  refusedUpgrade(address: string, reason: string): void {
    this.#debug("connection refused", () => ({ instance: this.#instance, address, reason }));
  }

  readableLink(address: string): void {
    this.#log.warn(
      { address },
      "hetu.2 was offered over a connection that others can read, so hetu.1 is spoken: use wss://, or the layer crypto " +
        "(server.wire.hetu2), or allow it with server.wire.plaintext; behind a proxy with TLS set trusted_proxies and have " +
        "it send X-Forwarded-Proto. This is said once",
    );
  }

  callFailed(name: string, client: Principal, error: unknown): void {
    const passed = this.#throttle.pass(`${name} failed`);
    if (passed === undefined) return;
    this.#log.error({ ...this.#principal(client), system: name, err: error, ...passed }, `${name} failed`);
  }

  hookRejected(name: string, client: Principal, code: string): void {
    this.#debug(`${name} rejected`, () => ({ ...this.#principal(client), system: name, code }));
  }

  fault(client: Client, error: unknown): void {
    const passed = this.#throttle.pass("fault");
    if (passed === undefined) return;
    this.#log.error(
      { ...this.#client(client), err: error, ...passed },
      "fault in the server, the connection is closed",
    );
  }

  disconnected(client: Client, code: number, reason: string): void {
    this.#debug("disconnected", () => ({ ...this.#client(client), code, reason }));
  }

  leftBehind(connections: number): void {
    this.#log.info(
      { instance: this.#instance, connections },
      "ran @on(disconnect) for connections that an earlier process had left behind",
    );
  }

  sharingFailed(error: unknown): void {
    const passed = this.#throttle.pass("sharing");
    if (passed === undefined) return;
    const message = "the record of a connection, which other processes go on from, could not be read or written";
    this.#log.error({ instance: this.#instance, err: error, ...passed }, message);
  }

  #debug(message: string, fields: () => object): void {
    const passed = this.#throttle.pass(message);
    if (passed !== undefined) this.#log.debug({ ...fields(), ...passed }, message);
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
