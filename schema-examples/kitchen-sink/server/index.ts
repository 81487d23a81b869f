import { connection, everybody, exclusive, implement, user } from "hetu";
import {
  Closed,
  Moved,
  NotEnoughGold,
  type Path,
  schema,
  Shout,
} from "../../../generated/kitchen-sink/server-ts/kitchen/index.js";

const GOLD = 0;

export default implement(schema, {
  async login(ctx, token) {
    const owner = BigInt(token);
    ctx.elevate(owner, { kick: true, ...(token === "1" && { group: "admin" }) });
    ctx.session.level = 1;
    ctx.session.rank = "recruit";
    const here = await ctx.Presence.upsert({ owner });
    here.lastSeen = ctx.now;
    return owner;
  },

  async moveTo(ctx, x, y) {
    const me = await ctx.Profile.upsert({ owner: ctx.caller! });
    me.name = `at ${x}`;
    const place = await ctx.Everything.upsert({ zone: 1, label: String(me.owner) }, { huge: BigInt(me.owner) });
    place.x = x;
    place.y = y;
    const [first] = await ctx.Everything.range("zone,x", [1], exclusive([1, x]), { limit: 1 });
    if (first !== undefined) first.rank = "captain";
  },

  async buy(ctx, item, count, note) {
    if (count === 0) throw ctx.reject(Closed, {});
    await ctx.call.pay(count);
    await ctx.call["remember:Shop"](item);
    const slot = await ctx.Inventory.upsert({ owner: ctx.caller!, item });
    slot.count += count;
    const path: Path = { points: [{ x: 0, y: 0.5 }], grid: [[1, 2], []], rank: "general", tag: new Uint8Array([1]) };
    ctx.send(user(ctx.caller!), Moved, {
      who: ctx.caller!,
      path,
      ...(note !== undefined && { note: note.slice(0, 20) }),
    });
    return path;
  },

  async pay(ctx, amount) {
    const gold = await ctx.Inventory.get({ owner: ctx.caller!, item: GOLD });
    if (gold === undefined || gold.count < amount) {
      throw ctx.reject(NotEnoughGold, { need: amount, have: gold?.count ?? 0 });
    }
    gold.count -= amount;
  },

  async remember(ctx, item) {
    if ((await ctx.Presence.get({ owner: ctx.caller! })) !== undefined) await ctx.call.forget(item);
  },

  async forget(ctx) {
    await ctx.Presence.delete({ owner: ctx.caller! });
  },

  async paths(ctx, near, ranks) {
    const found: Path[] = [];
    for (const rank of ranks) {
      for (const { x, y } of await ctx.Everything.range("rank,big,label", [rank])) {
        found.push({ points: [near, { x, y }], grid: [], name: rank, rank });
      }
    }
    return found.length === 0 ? undefined : found;
  },

  async standings(ctx, rank) {
    const names: string[] = [];
    for (const { huge } of await ctx.Everything.range("rank,big,label", [rank], undefined, { limit: 10 })) {
      names.push((await ctx.call.nameOf(BigInt.asIntN(64, huge))) ?? "nobody");
    }
    return names;
  },

  async nameOf(ctx, owner) {
    return (await ctx.Profile.get({ owner }))?.name;
  },

  async shout(ctx, text) {
    const me = await ctx.Profile.get({ owner: ctx.caller! });
    const shout = { from: ctx.caller!, text: `${me?.name ?? "?"}: ${text}`.slice(0, 140) };
    if (ctx.connection !== undefined) ctx.send(connection(ctx.connection), Shout, shout);
    ctx.send(everybody, Shout, shout);
  },

  async audit(ctx, text) {
    await ctx.Audit.insert({ text });
    for (const old of await ctx.Audit.range("at", null, exclusive(ctx.now - 86_400_000))) await ctx.Audit.delete(old);
  },

  async setGuild(ctx, guild) {
    ctx.session.guild = guild;
    await ctx.GuildNotice.insert({ guild, level: ctx.session.level ?? 0, text: "somebody has come" });
    await ctx.Rumour.insert({ owner: ctx.caller!, text: `has joined ${guild}` });
  },

  async started(ctx) {
    for (const row of await ctx.Presence.range("owner")) await ctx.Presence.delete(row);
  },

  async arrived(ctx) {
    if (ctx.caller !== undefined) await ctx.Presence.upsert({ owner: ctx.caller });
  },

  async wentOffline(ctx) {
    if (ctx.caller !== undefined) await ctx.Presence.delete({ owner: ctx.caller });
  },

  async reap(ctx) {
    for (const row of await ctx.Presence.range("owner")) {
      if (row.lastSeen < ctx.now - 60_000) await ctx.Presence.delete({ id: row.id });
    }
  },

  async nightly(ctx) {
    for (const row of await ctx.Presence.range("owner")) await ctx.Presence.update(row, { lastSeen: ctx.now });
  },

  whoami: (ctx) => ctx.caller ?? -1n,

  async shop(ctx, item) {
    await ctx.call.pay(1);
    return ctx.call.buy(item, 1, "from the shop");
  },
});
