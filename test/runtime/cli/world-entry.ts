// The world's server as a user would write it; bundled and run by the tests of the programs.
import { worldSystems } from "../gate/world-server.js";

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
});
