// A TypeScript client that another process works: one JSON command a line on standard input, answers and what the
// client tells as JSON lines on standard output. `node player.mjs <options as JSON>`.
import { createInterface } from "node:readline";
import { crypto, zlib } from "../../../fixtures/world/generated/client-ts/sdk/layers.js";
import {
  Account,
  connect,
  Inventory,
  type LiveRange,
  NotEnough,
  Position,
  type ProtocolName,
  type Row,
  Shout,
} from "../../../fixtures/world/generated/client-ts/world/index.js";

/** What the process is started with. */
interface Options {
  readonly url: string;
  readonly user: number;
  readonly protocols: readonly ProtocolName[];
  readonly zlib: boolean;
  readonly crypto: boolean;
  readonly secret?: string;
}

/** What it is told to do. */
interface Command {
  readonly id: number;
  readonly do: string;
  readonly args: readonly (number | string)[];
}

const options = JSON.parse(process.argv[2] ?? "{}") as Options;
const layers = [
  ...(options.zlib ? [zlib()] : []),
  ...(options.crypto ? [crypto(options.secret === undefined ? {} : { secret: options.secret })] : []),
];

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const client = connect(options.url, {
  protocols: options.protocols,
  layers: { hetu1: layers, hetu2: layers },
  reconnect: { baseMs: 20, maxMs: 200 },
  callTimeoutMs: Infinity,
  bootstrap: ({ calls }) => calls.login(BigInt(options.user)),
});
client.onError((error) => say({ surprise: String(error) }));

function tell<R extends Row>(name: string, range: LiveRange<R>, text: (row: R) => string): LiveRange<R> {
  range.onInsert((row) => say({ told: `${name}+${text(row)}` }));
  range.onUpdate((row, old) => say({ told: `${name}~${text(old)}>${text(row)}` }));
  range.onDelete((old) => say({ told: `${name}-${text(old)}` }));
  range.onChange(() => say({ told: `${name}.` }));
  range.onStale(() => say({ told: `${name} stale` }));
  range.onResynced(() => say({ told: `${name} resynced` }));
  return range;
}

const position = ({ owner, x, y }: Position): string => `${owner}:${x},${y}`;
const account = ({ number, balance }: Account): string => `${number}=${balance}`;
const slot = ({ item, count }: Inventory): string => `${item}x${count}`;
const views: { positions?: LiveRange<Position>; accounts?: LiveRange<Account>; slots?: LiveRange<Inventory> } = {};

async function perform(what: string, args: Command["args"]): Promise<unknown> {
  const [a = 0, b = 0, c = 0] = args.map(Number);
  const { calls } = client;
  switch (what) {
    case "watch":
      client.events.on(Shout, ({ from, text }) => say({ told: `!${from}:${text}` }));
      views.positions = tell("P", client.query(Position).range("x", 0, 1000), position);
      await views.positions.ready;
      views.accounts = tell("A", client.query(Account).range("number"), account);
      await views.accounts.ready;
      views.slots = tell("I", client.query(Inventory).range("owner", BigInt(options.user)), slot);
      await views.slots.ready;
      return client.connection.status;
    case "rows":
      return {
        positions: views.positions?.rows.map(position),
        accounts: views.accounts?.rows.map(account),
        slots: views.slots?.rows.map(slot),
      };
    case "echo":
      return calls.echo(String(args[0]));
    case "move_to":
      return calls.moveTo(a, b);
    case "transfer":
      return Number(await calls.transfer(a, b, BigInt(c)));
    case "buy":
      return Number((await calls.buy(a, b)).left);
    case "shout":
      return calls.shout(String(args[0]));
    default:
      throw new Error(`nobody can ${what}`);
  }
}

function described(error: unknown): unknown {
  if (error instanceof NotEnough) {
    return { type: error.name, code: error.code, need: Number(error.need), have: Number(error.have) };
  }
  if (error instanceof Error) {
    return { type: error.name, code: "code" in error ? String(error.code) : "", text: error.message };
  }
  return { type: "Error", code: "", text: String(error) };
}

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line) as Command;
    perform(command.do, command.args).then(
      (result) => say({ id: command.id, result: result ?? null }),
      (error: unknown) => say({ id: command.id, error: described(error) }),
    );
  })
  .on("close", () => client.close());
