import type { Row } from "../../runtime/codegen/row.js";
import type {
  Account,
  Beat,
  Counter,
  Deposit,
  Mark,
  Presence,
} from "../fixtures/ledger/generated/server-ts/ledger/index.js";
import { ACCOUNTS, type LedgerClient, OPENING_BALANCE, type Outcomes, WINDOW, windowOf } from "./ledger-client.js";
import type { StoredLedger } from "./stored-ledger.js";

/** What calls and rows say of each other when nothing is under way any more. */
export interface Verdict {
  /** Answered calls. */
  readonly answered: number;
  /** Calls of which their clients do not know whether they happened; none of them may be `@once`. */
  readonly unknown: number;
  /** Calls that were refused or failed; none of them may have happened. */
  readonly refused: number;
  /** Answered calls that are gone: what only the loss of a Redis server explains. */
  readonly lost: number;
  /** Ticks between the first and the last that no process has run `beat` for, as when none could. */
  readonly leftOut: number;
  /** What must never be, in words; empty if all is right. */
  readonly problems: readonly string[];
}

/** @param lossAllowed Redis has lost writes that it had acknowledged, as in a failover. */
export async function check(
  stored: StoredLedger,
  clients: readonly LedgerClient[],
  lossAllowed: boolean,
): Promise<Verdict> {
  const problems = clients.flatMap((client) => client.problems);
  const accounts = await stored.rows<Account>("Account");
  const sum = accounts.reduce((total, { balance }) => total + balance, 0n);
  if (sum !== BigInt(ACCOUNTS) * OPENING_BALANCE) problems.push(`the sum of all accounts is ${sum}`);
  const poor = accounts.find(({ balance }) => balance < 0n);
  if (poor !== undefined) problems.push(`account ${poor.number} has ${poor.balance}`);

  const marks = await stored.rows<Mark>("Mark");
  const deposits = await stored.rows<Deposit>("Deposit");
  const counters = new Map((await stored.rows<Counter>("Counter")).map(({ client, value }) => [client, value]));
  const presence = await stored.rows<Presence>("Presence");
  const ids = [marks, deposits, presence, accounts].flatMap((rows: readonly Row[]) => rows.map(({ id }) => id));
  if (new Set(ids).size < ids.length) problems.push(`${ids.length - new Set(ids).size} row ids were given twice`);

  let lost = 0;
  for (const client of clients) {
    const own = <R extends Mark | Deposit>(rows: readonly R[]) => rows.filter((row) => row.client === client.number);
    const ownMarks = own(marks);
    lost += compare(`client ${client.number}: increment`, client.increments, ownMarks, lossAllowed, problems);
    lost += compare(`client ${client.number}: deposit`, client.deposits, own(deposits), lossAllowed, problems);
    if (client.deposits.unknown.size > 0)
      problems.push(`client ${client.number}: ${client.deposits.unknown.size} @once calls were given up`);
    const counted = counters.get(client.number) ?? 0n;
    if (counted !== BigInt(ownMarks.length))
      problems.push(`client ${client.number}: ${counted} counted, ${ownMarks.length} increments are there`);
  }
  if (lost > 0 && !lossAllowed) problems.push(`${lost} answered calls are lost`);
  const count = (which: (outcomes: Outcomes) => ReadonlySet<bigint>): number =>
    clients.reduce((total, { increments, deposits }) => total + which(increments).size + which(deposits).size, 0);
  const beats = (await stored.rows<Beat>("Beat")).map(({ tick }) => tick);
  const leftOut = checkBeats(beats, problems);
  return {
    answered: count(({ answered }) => answered),
    unknown: count(({ unknown }) => unknown),
    refused: count(({ refused }) => refused) + count(({ failed }) => failed),
    lost,
    leftOut,
    problems,
  };
}

/** @returns how many ticks were left out. */
function checkBeats(beats: readonly bigint[], problems: string[]): number {
  const ticks = new Set<bigint>();
  for (const tick of beats) {
    if (ticks.has(tick)) problems.push(`tick ${tick} was run twice`);
    ticks.add(tick);
  }
  const [first = 0n, ...later] = [...ticks].toSorted((a, b) => (a < b ? -1 : 1));
  return Number((later.at(-1) ?? first) - first) - later.length;
}

/** @returns how many answered calls are gone. */
function compare(
  name: string,
  { answered, unknown, refused, failed }: Outcomes,
  rows: readonly { readonly number: bigint }[],
  lossAllowed: boolean,
  problems: string[],
): number {
  const there = new Set<bigint>();
  for (const { number } of rows) {
    if (there.has(number)) problems.push(`${name} ${number} happened twice`);
    there.add(number);
    if (refused.has(number)) problems.push(`${name} ${number} was refused, and happened`);
    else if (failed.has(number) && !lossAllowed) problems.push(`${name} ${number} failed, and happened`);
    else if (![answered, unknown, failed].some((known) => known.has(number)))
      problems.push(`${name} ${number} was never made`);
  }
  return [...answered].filter((number) => !there.has(number)).length;
}

/** What still differs between the views of clients and the rows in Redis; `undefined`: nothing. */
export async function viewDifference(
  stored: StoredLedger,
  clients: readonly LedgerClient[],
): Promise<string | undefined> {
  const accounts = textOf(await stored.rows("Account"));
  const counters = textOf(await stored.rows("Counter"));
  const presence = textOf(await stored.rows("Presence"));
  const marks = (await stored.rows<Mark>("Mark")).toSorted((a, b) => (a.number < b.number ? 1 : -1));
  for (const client of clients) {
    const [first, last] = windowOf(client.number, clients.length);
    const newest = marks.filter(({ number }) => first <= number && number <= last).slice(0, WINDOW);
    for (const [name, query, rows] of [
      ["Account", client.accounts, accounts],
      ["Counter", client.counters, counters],
      ["Presence", client.presence, presence],
      ["Mark", client.window, textOf(newest)],
    ] as const) {
      const shown = textOf(query.rows);
      if (shown !== rows) return `client ${client.number} is shown of ${name}\n${shown}\nand Redis has\n${rows}`;
    }
  }
  return undefined;
}

/** Rows of either side in one form: those of clients are plain, those of the store know how to become so. */
function textOf(rows: readonly (object | Row)[]): string {
  return rows
    .map((row) =>
      Object.entries(isStored(row) ? row.toObject() : row)
        .map(([name, value]) => `${name} ${String(value)}`)
        .toSorted()
        .join(", "),
    )
    .toSorted()
    .join("\n");
}

function isStored(row: object): row is Row {
  return "toObject" in row;
}
