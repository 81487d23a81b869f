import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import * as compiler from "./compiler/index.js";
import * as csharp from "./csharp/index.js";
import * as editor from "./editor/index.js";
import { printTable } from "./print.js";
import { RedisMissingError } from "./redis/redis-server.js";
import * as redis from "./redis/index.js";
import type { Row } from "./row.js";
import * as runtime from "./runtime/index.js";
import * as upgrade from "./upgrade/index.js";
import * as wire from "./wire/index.js";

const HELP = `npm run bench -- [parts] [options]

Parts (all when none is given):
  calls       calls of the server, each beside a bare ws + MessagePack echo
  live        live queries, each beside a bare ws broadcast of the same bytes
  wire        protocols and layers, each beside hetu.1 with jsonb alone, and the bytes that they send
  redis       calls, a cluster and live queries on Redis, beside a bare handler that makes the same script calls
  upgrade     hetu upgrade of 1,000,000 rows on both stores, beside a loop that copies them as they are
  csharp      the C# client: row updates read and applied, beside a walk over the same bytes
  compiler    hetuc on a schema of 1,000 components and 1,000 systems
  editor      the language server on the same schema: problems and completions behind a key, start, memory

Options:
  --store redis             the part \`redis\` alone; it starts a redis-server of its own
  --store redis://host:port the same with this server, under keys of its own that are deleted afterwards
  --json      one JSON object on stdout instead of a table
  --quick     short runs that only show that everything works; the figures mean little
  --help      this text`;

const PARTS = ["calls", "live", "wire", "redis", "upgrade", "csharp", "compiler", "editor"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean" },
    quick: { type: "boolean" },
    store: { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help === true) {
  console.log(HELP);
} else {
  const unknown = positionals.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) {
    console.error(`There is no part "${unknown}".\n\n${HELP}`);
    process.exitCode = 2;
  } else if (values.store !== undefined && !/^redis(:\/\/.+)?$/.test(values.store)) {
    console.error(`--store is "${values.store}"; it may be "redis" or the address of one server, redis://host:port/0`);
    process.exitCode = 2;
  } else {
    try {
      await measure();
    } catch (error) {
      if (!(error instanceof RedisMissingError)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  }
}

async function measure(): Promise<void> {
  const { store } = values;
  const parts = positionals.length > 0 ? positionals : store === undefined ? PARTS : ["redis"];
  const wanted = (part: string): boolean => parts.includes(part);
  const quick = values.quick === true;
  const rows: Row[] = [];
  const report = (row: Row): void => {
    rows.push(row);
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${rows.length} measured: ${row.name}`);
  };
  const [calls, live] = [wanted("calls"), wanted("live")];
  if (calls || live) await runtime.run({ quick, calls, live }, report);
  if (wanted("wire")) await wire.run({ quick }, report);
  if (wanted("redis")) await redis.run({ quick, url: store === "redis" ? undefined : store }, report);
  if (wanted("upgrade")) await upgrade.run({ quick }, report);
  if (wanted("csharp")) for (const row of csharp.run({ quick })) report(row);
  if (wanted("compiler")) for (const row of await compiler.run({ quick })) report(row);
  if (wanted("editor")) await editor.run({ quick }, report);
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  if (values.json === true) console.log(JSON.stringify({ machine: machine(), rows }, null, 2));
  else console.log(`${machine()}\n\n${printTable(rows)}`);
}

function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model ?? "unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`;
}
