// The world that the live tests of the C# client run on.
import { worldSystems } from "../../../runtime/gate/world-server.js";
import { NotEnough } from "../../../fixtures/world/generated/server-ts/world/index.js";

/** The balance with which an account opens: enough for every transfer of a test. */
const OPENING = 1_000_000n;
/** `left` notes `MARK + caller`. */
const MARK = 1_000_000n;

export default worldSystems({
  // Puts into Account, which everybody may read, whom the disconnect hook has seen leave.
  async any(ctx) {
    for (const { owner } of await ctx.Online.range("owner", MARK, 2n * MARK)) {
      await ctx.Account.upsert({ number: Number(owner) });
    }
  },
  // "hang" has no answer.
  echo: (_ctx, text) => (text === "hang" ? new Promise<string>(() => undefined) : text),
  async left(ctx) {
    if (ctx.caller !== undefined) await ctx.Online.upsert({ owner: MARK + ctx.caller });
  },
  // Below 0 is nowhere.
  async moveTo(ctx, x, y) {
    if (x < 0) await ctx.Position.delete({ owner: ctx.caller! });
    else await ctx.Position.upsert({ owner: ctx.caller! }, { x, y });
  },
  async transfer(ctx, from, to, amount) {
    for (const number of [from, to]) {
      if ((await ctx.Account.get({ number })) === undefined) await ctx.Account.insert({ number, balance: OPENING });
    }
    const source = await ctx.Account.upsert({ number: from });
    const target = await ctx.Account.upsert({ number: to });
    if (source.balance < amount) throw ctx.reject(NotEnough, { need: amount, have: source.balance });
    source.balance -= amount;
    target.balance += amount;
    return source.balance;
  },
});
