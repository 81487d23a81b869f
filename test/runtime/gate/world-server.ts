import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createServer,
  everybody,
  type HetuServer,
  implement,
  type Implementation,
  type ServerOptions,
  user,
} from "hetu";
import { NotEnough, schema, Shout, type Systems } from "../../fixtures/world/generated/server-ts/world/index.js";

/** Logs in with this id close the user's other connections. */
export const KICKER = 77n;
/** Logs in as an admin. */
export const ADMIN = 99n;

/** The world's systems, each as plain as can be. */
export function worldSystems(changes: Partial<Systems> = {}): Implementation {
  return implement(schema, {
    any: () => undefined,
    echo: (_ctx, text) => text,
    async login(ctx, id) {
      ctx.elevate(id, { kick: id === KICKER, ...(id === ADMIN ? { group: "admin" } : {}) });
      await ctx.Online.upsert({ owner: id });
      return id;
    },
    joinGuild(ctx, guild) {
      ctx.session.guild = guild;
    },
    async moveTo(ctx, x, y) {
      const position = await ctx.Position.upsert({ owner: ctx.caller! });
      position.x = x;
      position.y = y;
    },
    async transfer(ctx, from, to, amount) {
      const open = async (number: number) =>
        (await ctx.Account.get({ number })) ?? (await ctx.Account.insert({ number, balance: 100n }));
      const source = await open(from);
      const target = await open(to);
      if (source.balance < amount) throw ctx.reject(NotEnough, { need: amount, have: source.balance });
      source.balance -= amount;
      target.balance += amount;
      return source.balance;
    },
    async buy(ctx, item, count) {
      const slot =
        (await ctx.Inventory.get({ owner: ctx.caller!, item })) ??
        (await ctx.Inventory.insert({ owner: ctx.caller!, item, count: 0 }));
      slot.count += count;
      return { item, left: BigInt(slot.count), notes: [] };
    },
    pay: () => undefined,
    remember: () => undefined,
    async shout(ctx, text) {
      const position = await ctx.Position.upsert({ owner: ctx.caller! });
      position.y += 1;
      const to = text === "me" ? user(ctx.caller!) : everybody;
      ctx.send(to, Shout, { from: ctx.caller!, text });
    },
    neverRetried: () => undefined,
    async slow(_ctx, milliseconds) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
    wipe: () => undefined,
    rare: () => undefined,
    started: () => undefined,
    arrived: () => undefined,
    left: () => undefined,
    whoami: (ctx) => ctx.caller,
    buyTwice: async (ctx, item) => {
      await ctx.call.buy(item, 1);
      return ctx.call.buy(item, 1);
    },
    ...changes,
  });
}

/** The world as if its schema had lost the component Account and all that needs it. */
export function worldWithoutAccount(): Implementation {
  const touches = (name: string): boolean => ["any", "transfer", "buy", "pay", "never_retried", "slow"].includes(name);
  return {
    schema: {
      ...schema,
      components: schema.components.filter(({ name }) => name !== "Account"),
      tables: schema.tables.filter(({ component }) => component !== "Account"),
      systems: schema.systems.filter(({ name }) => !touches(name)),
      endpoints: schema.endpoints.filter(({ calls }) => !calls.some(({ system }) => touches(system))),
    },
    systems: worldSystems().systems,
  };
}

export interface WorldServer {
  readonly server: HetuServer;
  readonly port: number;
  readonly data: string;
  close(): Promise<void>;
}

/** A server of the world on a free port with data of its own. */
export async function startWorld(
  options: Partial<ServerOptions> & { readonly systems?: Partial<Systems> } = {},
): Promise<WorldServer> {
  const { systems, ...rest } = options;
  const data = rest.data ?? (await mkdtemp(join(tmpdir(), "hetu-world-")));
  const served = rest.instances === undefined ? { implementation: worldSystems(systems) } : {};
  const server = createServer({ ...served, host: "127.0.0.1", port: 0, ...rest, data });
  await server.listen();
  return {
    server,
    port: server.port,
    data,
    async close() {
      await server.close();
      if (rest.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}
