import { type RedisCluster, type RedisServer, startCluster, startRedis, TcpProxy } from "../redis/index.js";

export type DatabaseKind = "single" | "cluster";

/** The Redis under test; a single one has an append-only file that is flushed with every write. */
export class Database {
  readonly #proxies: TcpProxy[] = [];

  private constructor(
    readonly single: RedisServer | undefined,
    readonly cluster: RedisCluster | undefined,
  ) {}

  static async start(kind: DatabaseKind): Promise<Database> {
    if (kind === "single") return new Database(await startRedis({ aof: "always" }), undefined);
    return new Database(undefined, await startCluster({ primaries: 3, replicas: 1 }));
  }

  /** Where a machine reaches it: a single server through a proxy of the machine's own. */
  async address(): Promise<{ readonly url: string; readonly proxy: TcpProxy | undefined }> {
    if (this.single === undefined) return { url: this.cluster?.url ?? "", proxy: undefined };
    const proxy = await TcpProxy.start(this.single.port);
    this.#proxies.push(proxy);
    return { url: proxy.url, proxy };
  }

  /** The server that has a key now. */
  async serverOf(key: string): Promise<RedisServer> {
    if (this.single !== undefined) return this.single;
    if (this.cluster === undefined) throw new Error("no database");
    return this.cluster.primaryOf(await this.cluster.slotOf(key));
  }

  /** All that can be asked now. */
  get servers(): readonly RedisServer[] {
    return [...(this.single === undefined ? [] : [this.single]), ...(this.cluster?.nodes ?? [])].filter(
      ({ running }) => running,
    );
  }

  async stop(): Promise<void> {
    for (const proxy of this.#proxies) await proxy.stop();
    await this.single?.stop();
    await this.cluster?.stop();
  }
}
