/**
 * A server without a network, to be killed: commits transactions without pause and says on its standard output which
 * of them are durable. Arguments: folder, durability, number of the first transaction.
 *
 * Transaction `k` inserts the accounts `2k` and `2k + 1` with balance `k`, and raises the balance of account 1 by one:
 * half of it on the disk is easy to see.
 */
import { writeSync } from "node:fs";
import { EmbeddedStore } from "../../../runtime/store/embedded/embedded-store.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { World } from "../transaction/world.js";

const [path = "", durability = "commit", first = "1"] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

const store = EmbeddedStore.open({ path, durability: durability === "flush" ? "flush" : "commit" });
store.applySchema(schema);
store.onFailure((error) => {
  say(`failed ${error.message}`);
  process.exit(3);
});

const world = new World(store);
const waiting: { readonly position: number; readonly k: number }[] = [];
store.onDurable((position) => {
  while (waiting[0] !== undefined && waiting[0].position <= position) say(`done ${waiting.shift()?.k}`);
});

let next = Number(first);
async function work(): Promise<void> {
  for (;;) {
    const k = next++;
    await world.transact(async (ctx) => {
      await ctx.Account.insert({ number: 2 * k, balance: BigInt(k) });
      await ctx.Account.insert({ number: 2 * k + 1, balance: BigInt(k) });
      const count = await ctx.Account.upsert({ number: 1 });
      count.balance += 1n;
    });
    waiting.push({ position: store.position, k });
    if (k % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

say("ready");
await work();
