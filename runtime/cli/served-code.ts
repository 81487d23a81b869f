import { layoutOf } from "../ops/code-layout.js";
import type { RequestHandlers } from "../ops/worker-channel.js";
import type { CodeVersion } from "../ops/worker-requests.js";
import type { Implementation } from "../schema/schema.js";
import type { Log } from "../server/log.js";
import { disposeOf, type LoadedVersion, loadVersion } from "./loaded-versions.js";
import type { RunningServer } from "./run-server.js";

/** The code that a process serves, and what it has loaded beside it while code is exchanged. */
export class ServedCode {
  readonly #log: Log;
  readonly #loaded = new Map<number, LoadedVersion>();
  #current: LoadedVersion;
  /** One step after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #running: RunningServer | undefined;

  constructor(current: LoadedVersion, log: Log) {
    this.#current = current;
    this.#log = log;
    this.#loaded.set(current.number, current);
  }

  /** What `createServer` is to be given. */
  get served(): { implementation: Implementation } | { instances: Record<string, Implementation> } {
    const [first] = this.#current.codes;
    if (first?.instance === undefined && first !== undefined) return { implementation: first.code.implementation };
    return {
      instances: Object.fromEntries(
        this.#current.codes.map(({ instance, code }) => [instance ?? "", code.implementation]),
      ),
    };
  }

  get version(): number {
    return this.#current.number;
  }

  /** The server that serves it. */
  attach(running: RunningServer): void {
    this.#running = running;
  }

  /** What a supervisor may ask. */
  get handlers(): Required<Pick<RequestHandlers, "layouts" | "prepare" | "swap" | "settle">> {
    return {
      layouts: () => this.#current.codes.map(({ instance, code }) => layoutOf(instance, code.implementation.schema)),
      prepare: (version) => this.#next(() => this.#prepare(version)),
      swap: (number) => this.#next(() => this.#swap(number)),
      settle: (number) => this.#next(() => this.#settle(number)),
    };
  }

  /** The server is closed: nothing calls the code any more. */
  async close(): Promise<void> {
    for (const version of this.#loaded.values()) await disposeOf(version, this.#log);
    this.#loaded.clear();
  }

  #next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#last.then(step);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #prepare(version: CodeVersion): Promise<undefined> {
    if (!this.#loaded.has(version.number)) this.#loaded.set(version.number, await loadVersion(version, this.#log));
  }

  async #swap(number: number): Promise<undefined> {
    const next = this.#loaded.get(number);
    const { server } = this.#running ?? {};
    if (next === undefined || server === undefined) throw new Error(`version ${number} of the code was not prepared`);
    if (next === this.#current) return;
    const before = this.#current;
    const exchanged: LoadedVersion["codes"][number][] = [];
    try {
      for (const each of next.codes) {
        await server.swap(each.code.implementation, each.instance === undefined ? {} : { instance: each.instance });
        exchanged.push(each);
      }
    } catch (error) {
      for (const { instance } of exchanged) {
        const old = before.codes.find((each) => each.instance === instance);
        if (old !== undefined) await server.swap(old.code.implementation, instance === undefined ? {} : { instance });
      }
      throw error;
    }
    this.#current = next;
    this.#running?.knowSystems();
  }

  async #settle(number: number): Promise<undefined> {
    if (number !== this.#current.number) throw new Error(`version ${number} of the code is not served`);
    for (const [other, version] of this.#loaded) {
      if (version === this.#current) continue;
      this.#loaded.delete(other);
      await disposeOf(version, this.#log);
    }
  }
}
