import { implement, type Implementation } from "hetu";
import { Poor, schema } from "../generated/server-ts/bench/index.js";
import { PLACES, ROOMS, THINGS } from "./places.js";

/** Rows of `Item` and `Score`. */
export const ITEMS = 30_000;
export const ACCOUNTS = 100_000;
export const FIRST_BALANCE = 1_000_000n;

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

  async deposit(ctx, number) {
    const account = await ctx.Account.upsert({ number });
    account.balance += 1n;
    return account.balance;
  },

  async touch(ctx, number, sent) {
    const thing = await ctx.Thing.upsert({ number });
    thing.sent = sent;
  },

  async fillItems(ctx, from, count) {
    for (let key = from; key < Math.min(from + count, ITEMS); key++) {
      await ctx.Item.insert({ key });
      await ctx.Score.insert({ key });
    }
  },

  async fillAccounts(ctx, from, count) {
    for (let number = from; number < Math.min(from + count, ACCOUNTS); number++) {
      await ctx.Account.insert({ number, balance: FIRST_BALANCE });
    }
  },

  async fillSpots(ctx, from, count) {
    // The first hundred make the watched window; the others lie outside, for subscriptions that nothing touches.
    for (let place = from; place < Math.min(from + count, 2 * PLACES); place++) {
      await ctx.Spot.insert({ place, x: place < PLACES ? place + 0.5 : place + 1000 });
    }
  },

  async fillThings(ctx, from, count) {
    for (let number = from; number < Math.min(from + count, THINGS); number++) {
      await ctx.Thing.insert({ number, room: number % ROOMS });
    }
  },
});
