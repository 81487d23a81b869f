import { Redis } from "ioredis";

/** What the servers have done so far. */
export interface RedisWork {
  /** Processor time of all of them, in ms. */
  readonly cpuMs: number;
  /** Commands that clients have sent: scripts count once, whatever they call inside. */
  readonly commands: number;
  /** Of these, reads of a change feed. */
  readonly feedReads: number;
}

/** What a process of HeTu or of the bare handler sends while it is measured; other names stand for calls of scripts. */
const SENT = ["evalsha", "evalsha_ro", "eval", "eval_ro", "xread", "wait"];

/** Asks the servers of the benchmark, over connections of its own. */
export class RedisProbe {
  readonly #nodes: readonly Redis[];

  private constructor(nodes: readonly Redis[]) {
    this.#nodes = nodes;
  }

  /** @param urls `redis://…` of each server. */
  static async open(urls: readonly string[]): Promise<RedisProbe> {
    const nodes = urls.map((url) => new Redis(url, { lazyConnect: true, protocol: 2, retryStrategy: () => null }));
    await Promise.all(nodes.map((node) => node.connect()));
    return new RedisProbe(nodes);
  }

  async work(): Promise<RedisWork> {
    const each = await Promise.all(this.#nodes.map(workOf));
    return {
      cpuMs: sum(each, ({ cpuMs }) => cpuMs),
      commands: sum(each, ({ commands }) => commands),
      feedReads: sum(each, ({ feedReads }) => feedReads),
    };
  }

  /** Deletes all keys whose hash tag begins with the prefix. */
  async clear(prefix: string): Promise<void> {
    for (const node of this.#nodes) {
      let cursor = "0";
      do {
        const [next, keys] = await node.scan(cursor, "MATCH", `{${prefix}:*`, "COUNT", 1000);
        cursor = next;
        for (const key of keys) await node.unlink(key);
      } while (cursor !== "0");
    }
  }

  /** The version of the first one. */
  async version(): Promise<string> {
    return fieldsOf((await this.#nodes[0]?.info("server")) ?? "").get("redis_version") ?? "unknown";
  }

  close(): void {
    for (const node of this.#nodes) node.disconnect();
  }
}

async function workOf(node: Redis): Promise<RedisWork> {
  const [cpu, commands] = await Promise.all([node.info("cpu"), node.info("commandstats")]);
  const times = fieldsOf(cpu);
  const calls = fieldsOf(commands);
  const callsOf = (name: string): number => Number(/^calls=(\d+)/.exec(calls.get(`cmdstat_${name}`) ?? "")?.[1] ?? 0);
  return {
    cpuMs: 1000 * (Number(times.get("used_cpu_user") ?? 0) + Number(times.get("used_cpu_sys") ?? 0)),
    commands: sum(SENT, callsOf),
    feedReads: callsOf("xread"),
  };
}

/** The fields of one section of `INFO`. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\r\n").filter((line) => line.includes(":"));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
