import type { RedisLink } from "../link.js";
import type { RedisPlace } from "../place.js";
import type { RegistryLog } from "./contract.js";
import { askEachNode } from "./each-node.js";
import { unfitness } from "./server-checks.js";

export interface ServerWatchOptions {
  readonly link: RedisLink;
  readonly place: Pick<RedisPlace, "address" | "replicas" | "text">;
  /** Any key of the instance. */
  readonly key: string;
  readonly log: RegistryLog;
  /** Milliseconds between two looks; default a minute. */
  readonly interval?: number;
}

const INTERVAL_MS = 60_000;

/**
 * Looks at the servers of a store again and again, since they may be configured in another way while they are in use, and
 * others may join them. What is found is said at each look; calls go on.
 */
export class ServerWatch {
  readonly #options: ServerWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #unfit: readonly string[] = [];
  #looking = false;
  #closed = false;

  constructor(options: ServerWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.interval ?? INTERVAL_MS);
    this.#timer.unref();
  }

  /** `host:port` of servers that were unfit at the last look. */
  get unfit(): readonly string[] {
    return this.#unfit;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const { link, place, key, log } = this.#options;
    try {
      const found = (await askEachNode(link, place, key)).flatMap((report) => {
        const problem = unfitness(report, place.text);
        return problem === undefined ? [] : [{ node: report.node, problem }];
      });
      if (this.#closed) return;
      this.#unfit = found.map(({ node }) => node);
      for (const { node, problem } of found) {
        log.error(
          { store: place.text, node, reason: problem.name },
          `the data is in danger, and no server would start like this: ${problem.message}`,
        );
      }
    } catch (error) {
      // Who uses the link hears of it, too.
      if (!this.#closed) log.warn({ store: place.text, err: error }, `the servers of ${place.text} were not looked at`);
    } finally {
      this.#looking = false;
    }
  }
}
