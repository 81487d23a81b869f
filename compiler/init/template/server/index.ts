import { implement } from "hetu";
import { schema } from "../generated/server-ts/game/index.js";

// Each of these is a transaction: it reads and writes as if it ran alone, and is run again when another one interferes.
export default implement(schema, {
  async login(ctx, secret, name) {
    const account = await ctx.Account.upsert({ secret });
    const player = await ctx.Player.upsert({ owner: account.id });
    player.name = name; // a row is tracked: assigning is enough
    player.link = ctx.connection ?? 0n;
    ctx.elevate(account.id);
    return account.id;
  },

  async moveTo(ctx, x, y) {
    if (ctx.caller === undefined) return;
    const player = await ctx.Player.get({ owner: ctx.caller });
    // Another tab of the same user may have taken the player off the board.
    if (player === undefined) return;
    player.x = x;
    player.y = y;
  },

  async leave(ctx) {
    if (ctx.caller === undefined) return;
    const player = await ctx.Player.get({ owner: ctx.caller });
    // Whoever has reloaded the page may be back already, over another connection.
    if (player?.link === ctx.connection) await ctx.Player.delete({ owner: ctx.caller });
  },
});
