import { randomBytes } from "node:crypto";
import {
  createServer,
  everybody,
  type HetuServer,
  implement,
  type Implementation,
  type ServerOptions,
  user,
} from "hetu";
import { News, Poor, schema, type Systems } from "../../fixtures/clusters/generated/server-ts/clusters/index.js";

/** The systems of the clusters, each as plain as can be. */
export function clusterSystems(changes: Partial<Systems> = {}): Implementation {
  return implement(schema, {
    async login(ctx, owner, kick) {
      ctx.elevate(owner, { kick });
      const presence = await ctx.Presence.upsert({ owner });
      presence.visits += 1;
      await ctx.Online.upsert({ link: ctx.connection! }, { owner });
      return owner;
    },
    sit(ctx, seat) {
      const before = ctx.session.seat ?? 0;
      ctx.session.seat = seat;
      return before;
    },
    async opened(ctx) {
      const note = await ctx.Diary.upsert({ entry: "opened" });
      note.times += 1;
    },
    async left(ctx) {
      await ctx.Online.delete({ link: ctx.connection! });
      const note = await ctx.Diary.upsert({ entry: `left ${ctx.caller ?? "nobody"}` });
      note.times += 1;
    },
    diary: async (ctx, entry) => (await ctx.Diary.get({ entry }))?.times ?? 0,
    async grant(ctx, owner, gold) {
      const purse = await ctx.Purse.upsert({ owner });
      purse.gold += gold;
      return purse.gold;
    },
    async pay(ctx, from, to, gold) {
      const [payer, payee] = await Promise.all([ctx.Purse.upsert({ owner: from }), ctx.Purse.upsert({ owner: to })]);
      if (payer.gold < gold) throw ctx.reject(Poor, { have: payer.gold });
      payer.gold -= gold;
      payee.gold += gold;
      return payer.gold;
    },
    async changeSeatAndBuy(ctx, kind) {
      const before = ctx.session.seat ?? 0;
      ctx.session.seat = kind;
      await ctx.Ware.insert({ owner: ctx.caller!, kind });
      return before;
    },
    async increment(ctx, name) {
      const counter = await ctx.Counter.upsert({ name });
      counter.value += 1n;
      return counter.value;
    },
    async incrementOnce(ctx, name) {
      const counter = await ctx.Counter.upsert({ name });
      counter.value += 1n;
      return counter.value;
    },
    async announce(ctx, name, text) {
      const counter = await ctx.Counter.upsert({ name });
      counter.value += 1n;
      ctx.send(everybody, News, { text });
      return counter.value;
    },
    whisper: (ctx, to, text) => ctx.send(user(to), News, { text }),
    nothing: (_ctx, text) => text,
    async tour(ctx, name) {
      await ctx.call.increment(name);
      return ctx.call.grant(1n, 1n);
    },
    ...changes,
  });
}

/** A server of the clusters on a free port, on a Redis. */
export async function startClusters(
  url: string,
  options: Partial<ServerOptions> & { readonly systems?: Partial<Systems> } = {},
): Promise<HetuServer> {
  const { systems, ...rest } = options;
  const server = createServer({
    implementation: clusterSystems(systems),
    host: "127.0.0.1",
    port: 0,
    store: { url, leaseTime: 2000 },
    ...rest,
  });
  await server.listen();
  return server;
}

/** The id of a `once` frame. */
export function onceId(at = Date.now()): Uint8Array {
  const id = randomBytes(24);
  id.writeBigUInt64BE(BigInt(at));
  return id;
}
