import { everybody, implement } from "hetu";
import { NameTaken, schema, Shout } from "../../../generated/walking/server-ts/walking/index.js";

export default implement(schema, {
  async login(ctx, token, name, team) {
    const account = await ctx.Account.upsert({ token });
    account.name = name;
    const namesake = await ctx.Position.get({ name });
    if (namesake !== undefined && namesake.owner !== account.id) throw ctx.reject(NameTaken, { wanted: name });

    const position = await ctx.Position.upsert({ owner: account.id });
    position.name = name;
    position.team = team;
    position.link = ctx.connection!;
    // The player may be open in another window: the newest one plays.
    ctx.elevate(account.id, { kick: true });
    return account.id;
  },

  async moveTo(ctx, x, y) {
    const position = await ctx.Position.get({ owner: ctx.caller! });
    if (position === undefined) return;
    position.x = x;
    position.y = y;
    const walk = await ctx.Walk.upsert({ owner: position.owner });
    walk.name = position.name;
    walk.steps += 1;
  },

  shout(ctx, text) {
    ctx.send(everybody, Shout, { from: ctx.caller!, text });
  },

  async leave(ctx) {
    if (ctx.caller === undefined) return;
    const position = await ctx.Position.get({ owner: ctx.caller });
    if (position !== undefined && position.link === ctx.connection) await ctx.Position.delete(position);
  },
});
