import { createServer, everybody, type HetuServer, implement, type Implementation, user } from "hetu";
import {
  type Counter,
  News,
  Poor,
  schema,
  type Systems,
} from "../../fixtures/clusters/generated/server-ts/clusters/index.js";
import type { RedisServer, RedisStarter, TcpProxy } from "../../redis/index.js";
import { Hetu2Client, type Options } from "./hetu2-client.js";

/** Presence is in the first store, seats may be changed in another, and a hook runs in a third. */
function clustersWorld(): Implementation {
  const systems: Systems = {
    async login(ctx, id, kick) {
      ctx.elevate(id, { kick });
      for (const row of await ctx.Online.range("owner", id)) if (kick) await ctx.Online.delete(row);
      await ctx.Online.upsert({ link: ctx.connection! }, { owner: id });
      return ctx.connection!;
    },
    sit(ctx, seat) {
      ctx.session.seat = seat;
      return Number(ctx.caller);
    },
    opened: () => undefined,
    async left(ctx) {
      await ctx.Online.delete({ link: ctx.connection! });
      const entry = await ctx.Diary.upsert({ entry: `left ${ctx.connection}` });
      entry.times += 1;
    },
    async diary(ctx, entry) {
      return (await ctx.Diary.get({ entry }))?.times ?? 0;
    },
    grant: (_ctx, _owner, gold) => gold,
    pay: (ctx) => {
      throw ctx.reject(Poor, { have: 0n });
    },
    changeSeatAndBuy(ctx, kind) {
      const before = ctx.session.seat ?? -1;
      ctx.session.seat = kind;
      return before;
    },
    async increment(ctx, name) {
      return (await ctx.Counter.get({ name }))?.value ?? 0n;
    },
    incrementOnce: () => 0n,
    announce(ctx, _name, text) {
      ctx.send(everybody, News, { text });
      return 0n;
    },
    whisper(ctx, to, text) {
      ctx.send(user(to), News, { text });
    },
    nothing: (_ctx, text) => text,
    tour: () => 0n,
  };
  const plain = implement(schema, systems);
  const hook = schema.systems.find(({ name }) => name === "left");
  const counting = schema.systems.find(({ name }) => name === "increment");
  if (hook === undefined || counting === undefined) throw new Error("the fixture has lost a system");
  const second = { ...hook, name: "left_too", implementation: "leftToo", uses: counting.uses };
  const leftToo = async (ctx: { Counter: Counter.Store; connection: bigint }): Promise<void> => {
    const counter = await ctx.Counter.upsert({ name: `left ${ctx.connection}` });
    counter.value += 1n;
  };
  return {
    schema: { ...schema, systems: [...schema.systems, second] },
    systems: { ...plain.systems, leftToo },
  };
}

const [, callables] = schema.wire.description;

/** A client of the world of clusters. */
export async function call(client: Hetu2Client, name: string, ...args: readonly unknown[]): Promise<unknown> {
  client.send(
    1,
    callables.findIndex(([each]) => each === name),
    ...args,
  );
  const answer = await Promise.race([client.next(), client.closed]);
  return "kind" in answer && answer.kind === "result" ? answer.value : answer;
}

export function open(port: number, options: Options = {}): Promise<Hetu2Client> {
  return Hetu2Client.open(port, { fingerprint: undefined, instance: "clusters", ...options });
}

/** One process of the world of clusters, which a proxy can cut off from Redis as if it had died. */
export class ClustersProcess {
  #killed = false;

  private constructor(
    readonly server: HetuServer,
    readonly proxy: TcpProxy,
  ) {}

  static async start(
    redis: RedisStarter,
    of: RedisServer,
    options: { readonly resumeWindow: number; readonly leaseTime?: number; readonly prefix?: string },
  ): Promise<ClustersProcess> {
    const proxy = await redis.proxy(of);
    const { resumeWindow, leaseTime = 1000, prefix = "hetu" } = options;
    const server = createServer({
      implementation: clustersWorld(),
      host: "127.0.0.1",
      port: 0,
      wire: { resumeWindow },
      store: { url: proxy.url, leaseTime, retryWindow: 2000, prefix },
    });
    // It has been cut off.
    server.on("error", () => undefined);
    await server.listen();
    return new ClustersProcess(server, proxy);
  }

  get port(): number {
    return this.server.port;
  }

  /** Nothing that it does reaches Redis any more. */
  kill(): void {
    this.#killed = true;
    this.proxy.refuse();
  }

  async close(): Promise<void> {
    const closed = this.server.close({ deadline: 200 });
    // A process that is cut off cannot end as it should.
    await (this.#killed ? closed.catch(() => undefined) : closed);
  }
}

/** All rows of a table, in all stores that have it. */
export async function rowsOf({ server }: ClustersProcess, table: string): Promise<Record<string, unknown>[]> {
  const stores = server.instances.get("clusters")?.engine?.stores;
  if (stores === undefined) throw new Error("the server has no stores");
  const found: Record<string, unknown>[] = [];
  for (const store of table.startsWith("core.") ? stores.all : [stores.of(table)]) {
    const all = { index: 0, lower: new Uint8Array(0), upper: undefined, limit: 1000, desc: false };
    for (const row of await store.range({ table: store.table(table), ...all })) found.push(row.toObject());
  }
  return found;
}
