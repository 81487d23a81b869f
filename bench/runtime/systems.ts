import { implement, type Implementation } from "hetu";
import { Poor, schema } from "../generated/server-ts/bench/index.js";
import { PLACES } from "./places.js";

/** Rows of `Item` and `Score`. */
export const ITEMS = 30_000;
export const ACCOUNTS = 100_000;
const FIRST_BALANCE = 1_000_000n;

/** The code of the measured systems: as a user would write them. */
export const implementation: Implementation = implement(schema, {
  hello(_ctx, text) {
    return text;
  },

  async get(ctx, key) {
    const item = await ctx.Item.get({ key });
    return item?.value ?? -1;
  },

  async getUpdate(ctx, key) {
    const item = await ctx.Item.upsert({ key });
    item.value = (item.value + 1) & 0xffff;
    return item.value;
  },

  async get2Update2(ctx, key) {
    const item = await ctx.Item.upsert({ key });
    const score = await ctx.Score.upsert({ key });
    item.value = (item.value + 1) & 0xffff;
    score.points = (score.points + 1) & 0xffff;
    return item.value;
  },

  async transfer(ctx, from, to, amount) {
    const sender = await ctx.Account.upsert({ number: from });
    const receiver = await ctx.Account.upsert({ number: to });
    if (sender.balance < BigInt(amount)) throw ctx.reject(Poor, { balance: sender.balance });
    sender.balance -= BigInt(amount);
    receiver.balance += BigInt(amount);
    return sender.balance;
  },

  async walk(ctx, place, y, sent) {
    const spot = await ctx.Spot.upsert({ place });
    spot.y = y;
    spot.sent = sent;
  },

  async fill(ctx, from, count) {
    for (let n = from; n < from + count; n++) {
      if (n < ITEMS) {
        await ctx.Item.insert({ key: n });
        await ctx.Score.insert({ key: n });
      }
      if (n < ACCOUNTS) await ctx.Account.insert({ number: n, balance: FIRST_BALANCE });
      // The first hundred make the watched window; the others lie outside, for subscriptions that nothing touches.
      if (n < 2 * PLACES) await ctx.Spot.insert({ place: n, x: n < PLACES ? n + 0.5 : n + 1000 });
    }
  },
});
