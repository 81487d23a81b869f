// The ledger's server as a user would write it; `hetu start` bundles and runs it.
import { implement } from "hetu";
import { Poor, schema } from "../fixtures/ledger/generated/server-ts/ledger/index.js";

/** From one tick of `beat` to the next. */
const BEAT_MS = 200;

export default implement(schema, {
  async openAccounts(ctx, count, balance) {
    let opened = 0;
    for (let number = 0; number < count; number++) {
      if ((await ctx.Account.get({ number })) !== undefined) continue;
      await ctx.Account.insert({ number, balance });
      opened++;
    }
    return opened;
  },
  async transfer(ctx, from, to, amount) {
    const [source, target] = await Promise.all([
      ctx.Account.upsert({ number: from }),
      ctx.Account.upsert({ number: to }),
    ]);
    if (source.balance < amount) ctx.reject(Poor, { have: source.balance });
    source.balance -= amount;
    target.balance += amount;
    return source.balance;
  },
  async increment(ctx, client, number) {
    const counter = await ctx.Counter.upsert({ client });
    counter.value += 1n;
    await ctx.Mark.insert({ number, client });
    return counter.value;
  },
  async deposit(ctx, client, number) {
    await ctx.Deposit.insert({ number, client });
    return number;
  },
  login(ctx, user) {
    ctx.elevate(user);
    return user;
  },
  link: (ctx) => ctx.connection ?? 0n,
  async arrived(ctx) {
    await ctx.Presence.insert({ link: ctx.connection ?? 0n });
  },
  async left(ctx) {
    await ctx.Presence.delete({ link: ctx.connection ?? 0n });
  },
  async beat(ctx) {
    await ctx.Beat.insert({ tick: BigInt(Math.floor(ctx.now / BEAT_MS)) });
  },
});
