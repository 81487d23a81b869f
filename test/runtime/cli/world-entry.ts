// The world's server as a user would write it; bundled and run by the tests of the programs.
import { worldSystems } from "../gate/world-server.js";

/** What `left` notes of a caller and a guild. */
export const leftMark = (caller = 0n, guild = 0n): bigint => 1_000_000n + caller * 1000n + guild;

export default worldSystems({
  async any() {
    // A loop that never yields, for as long as the watchdog lets it.
    for (;;) if (Date.now() < 0) break;
  },
  // Never ends, as far as anyone knows.
  echo: (_ctx, text) => (text === "hang" ? new Promise<string>(() => undefined) : text),
  async started(ctx) {
    await ctx.Online.upsert({ owner: 1n });
  },
  // A row of each connection, which cannot be inserted twice, and one of who it was.
  async left(ctx) {
    await ctx.Online.insert({ owner: ctx.connection! });
    await ctx.Online.upsert({ owner: leftMark(ctx.caller, ctx.session.guild) });
  },
});
