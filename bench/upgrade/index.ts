import type { Row } from "../row.js";
import { measureEmbedded } from "./embedded.js";
import type { Peak, Upgraded } from "./peak.js";
import { measureRedis } from "./redis.js";

const ROWS = 1_000_000;
const QUICK_ROWS = 5_000;
/** Each from fresh data; the fastest of each counts. */
const ROUNDS = 3;

/** `hetu upgrade` over many narrow rows that are all written anew, with a unique index. */
export async function run({ quick }: { readonly quick: boolean }, report: (row: Row) => void): Promise<void> {
  const rows = quick ? QUICK_ROWS : ROWS;
  for (const [store, measure] of [
    ["embedded", measureEmbedded],
    ["Redis", measureRedis],
  ] as const) {
    const rounds: Upgraded[] = [];
    for (let round = 0; round < (quick ? 1 : ROUNDS); round++) rounds.push(await measure(rows));
    const best = (of: (round: Upgraded) => Peak): Peak =>
      rounds.map(of).reduce((fastest, each) => (each.seconds < fastest.seconds ? each : fastest));
    const [bare, plan, upgrade] = [best((each) => each.bare), best((each) => each.plan), best((each) => each.upgrade)];
    for (const row of rowsOf(store, { rows, bare, plan, upgrade })) report(row);
  }
}

function rowsOf(store: string, { rows, bare, plan, upgrade }: Upgraded): Row[] {
  const limit = rows / bare.seconds;
  const row = (name: string, { seconds, memory }: Peak): Row => ({
    name: `${name} of ${rows.toLocaleString("en-US")} rows, ${store}`,
    value: rows / seconds,
    unit: "rows/s",
    limit,
    ratio: bare.seconds / seconds,
    note: `${seconds.toFixed(1)} s, ${(memory / 1e6).toFixed(0)} MB of memory`,
  });
  return [row("hetu upgrade", upgrade), row("hetu upgrade --plan", plan)];
}
