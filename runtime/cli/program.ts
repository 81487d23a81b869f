import { Command, Option } from "commander";
import { LOG_LEVELS } from "../ops/logger.js";
import { EXIT_DO_NOT_RESTART } from "../ops/worker-requests.js";
import type { DevFlags } from "./dev.js";
import type { Flags } from "./flags.js";
import { type UpgradeFlags, upgradeOptions } from "./upgrade-command.js";

const EXAMPLES = `
Examples:
  hetu start                                  serve what hetu.json, or server/index.ts, says
  hetu start --port 2466 --data /var/lib/game
  hetu start --config production.yaml --durability flush
  hetu dev --static web                       while developing: rebuilds, swaps code, keeps connections
  hetu dev --reset-data                       also when the data does not fit a changed schema
  hetu upgrade --plan                         what a changed schema means for the data that is stored

Settings stand under "server" in hetu.json, hetu.yaml or hetu.yml, with \${VARIABLE:-default}; options go before them.
They are listed in docs/operations.md.`;

const START_EXAMPLES = `
Examples:
  hetu start
  hetu start --entry dist/server/index.js --port 80 --trusted-proxies 1
  hetu start --cert fullchain.pem --key privkey.pem --origin https://game.example
  hetu start --metrics 0.0.0.0:9466 --watchdog 5s --log-level warn
  hetu start --store redis://127.0.0.1:6379/0 --workers auto --drain-delay 5s

Signals, to the process that was started:
  SIGHUP              serve the code as it is on the disk now; connections and calls go on
  SIGTERM, SIGINT     stop: not ready for the drain delay, then running calls end; a second one ends at once`;

const DEV_EXAMPLES = `
Examples:
  hetu dev
  hetu dev --static web --static /sdk=generated/client-js
  hetu dev --reset-data --port 3000`;

/**
 * The command line.
 * @param run carries out a command; its promise is that of `parseAsync`.
 */
export function createProgram(
  version: string,
  run: {
    readonly start: (flags: Flags) => Promise<void>;
    readonly dev: (flags: DevFlags) => Promise<void>;
    readonly upgrade: (flags: UpgradeFlags) => Promise<void>;
  },
): Command {
  const program = new Command("hetu")
    .description("Serves the systems of a .hetu schema: transactions, live queries, WebSockets.")
    .version(version, "-V, --version")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(hetu --help lists commands and options)")
    // Commands inherit it. What is wrong with a command line is so at the next start, too.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_DO_NOT_RESTART));
  serverOptions(program.command("start"))
    .description("start the server")
    .addHelpText("after", START_EXAMPLES)
    .action((flags: Flags) => run.start(flags));
  serverOptions(program.command("dev"))
    .description("start the server, compile the schema on every change and swap code without dropping connections")
    .option(
      "--reset-data",
      "embedded store: delete the data when it does not fit a changed schema, without asking; for data on Redis see hetu upgrade --reset-data",
    )
    .addHelpText("after", DEV_EXAMPLES)
    .action((flags: DevFlags) => run.dev(flags));
  upgradeOptions(program.command("upgrade")).action((flags: UpgradeFlags) => run.upgrade(flags));
  return program;
}

function serverOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", "hetu.json or its YAML twin; default: the nearest upward")
    .option("-e, --entry <module>", "module whose default export is implement(…); default server/index.ts")
    .option("-d, --data <folder>", "where the embedded store keeps its data; default data")
    .option("-s, --store <url>", "embedded, or a Redis: redis://host:port/db, redis-cluster://host:port,host:port")
    .option("--host <address>", "address to listen on; default 0.0.0.0, dev: 127.0.0.1")
    .option("-p, --port <number>", "default 2466; 0: any")
    .addOption(new Option("--durability <kind>", "what answers wait for").choices(["commit", "flush"]))
    .option("--debug", "tell clients why a call failed")
    .option("--origin <origin>", "allowed Origin of browsers; repeatable", collect)
    .option("--trusted-proxies <count>", "proxies of yours that connections pass through")
    .option("--cert <file>", "certificate in PEM: serve wss")
    .option("--key <file>", "its private key")
    .option("--hetu1 <layers>", "layers of hetu.1, such as jsonb,zlib,crypto, or off; default jsonb")
    .option("--hetu2 <layers>", "layers of hetu.2; likewise")
    .option("--plaintext", "speak hetu.2 without encryption also to other hosts")
    .option("--static <folder>", "serve a folder over HTTP, also /path=folder; repeatable", collect)
    .option("-w, --workers <count>", "processes on the one port, or auto: one a core; needs a Redis store; default 1")
    .option("--drain-delay <duration>", "go on for so long after SIGTERM, while /readyz answers 503; default 0")
    .option("--stop-deadline <duration>", "for running calls and hooks when stopping; default 10s")
    .option("--watchdog <duration>", "how long a system may block the event loop, or off; default 10s")
    .option(
      "--metrics <listener>",
      "port or host:port of /healthz, /readyz and /metrics, or off; default 127.0.0.1:9466",
    )
    .addOption(new Option("--log-level <level>", "default info").choices([...LOG_LEVELS]))
    .option("--pretty", "log for people also when standard output is no terminal")
    .option("--no-pretty", "log JSON also on a terminal")
    .option("--no-supervise", "do not start the server again when it dies");
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
