import type { Command } from "commander";
import { ServerConfigError } from "../config/config-error.js";
import type { Flags } from "./flags.js";

/** Options of `hetu upgrade`, as commander gives them. */
export interface UpgradeFlags extends Pick<Flags, "config" | "entry" | "store" | "data"> {
  readonly json?: boolean;
  readonly plan?: boolean;
  readonly down?: boolean;
  readonly forget?: boolean;
  readonly keep?: string;
  readonly list?: boolean;
  readonly drop?: readonly string[];
  readonly convertLossy?: readonly string[];
  readonly skip?: readonly string[];
  readonly resetData?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  hetu upgrade --plan                                what would be done, and what stands in the way
  hetu upgrade                                       do it, on the store that hetu.json names
  hetu upgrade --drop Position.speed --drop Guild
  hetu upgrade --convert-lossy Item.count=clamp
  hetu upgrade --down                                one step back: to what the last upgrade has found
  hetu upgrade --list                                the steps back that there are, and what is kept for them
  hetu upgrade --forget                              delete what is kept for --down
  hetu upgrade --forget --keep 1                     the same, but for the last step
  hetu upgrade --store redis://127.0.0.1:6379/0 --json
  hetu upgrade --store redis://127.0.0.1:6379/0 --reset-data --yes

All servers of the store must be stopped (not for --plan on Redis). What would lose data is refused, with the option that
allows it. The old data stays until the new one is complete: interrupted, it goes on at the row where it was when it is
run again with the same options, schema and migrations (or is undone by --down), and no server starts before. Migrations of your own stand in the folder migrations beside the entry. docs/upgrade.md tells
all of it.

With --reset-data it deletes everything of an instance on Redis instead, on all its Redis servers and nothing else there;
the next server begins with no data. It asks first; where there is no terminal to ask on, it needs --yes.

Exit codes: 0: the data fits the schema, or with --plan: it can be done without a loss that was not allowed; 1: not now:
servers run, or Redis is out of reach; with --plan: it would be refused; 2: refused, or used in the wrong way.`;

/** Adds the options of `hetu upgrade`. */
export function upgradeOptions(command: Command): Command {
  return command
    .description("bring stored data to a changed schema, or back, while no server runs")
    .option("-c, --config <file>", "hetu.json or its YAML twin; default: the nearest upward")
    .option("-e, --entry <module>", "module whose default export is implement(…); default server/index.ts")
    .option("-d, --data <folder>", "where the embedded store keeps its data; default data")
    .option(
      "-s, --store <url>",
      "embedded, or redis://host:port/db, redis-cluster://host:port,host:port; default: what the file says",
    )
    .option("--plan", "tell what would be done and change nothing")
    .option("--drop <what>", "let go of Component or Component.column with all its values; repeatable", collect)
    .option(
      "--convert-lossy <column=how>",
      "Component.column=default or =clamp: what values become that do not fit the new type; repeatable",
      collect,
    )
    .option("--skip <migration>", "leave out a migration, for good; repeatable", collect)
    .option("--down", "go back to what the last upgrade has found, with the code that was upgraded to; repeatable")
    .option("--list", "tell how many steps back there are, and what is kept for them")
    .option("--forget", "delete what is kept for --down")
    .option("--keep <steps>", "with --forget: the last steps stay, so many")
    .option("--reset-data", "delete all data of the instance on Redis instead, after a question")
    .option("--yes", "with --reset-data: do not ask")
    .option("--json", "print one JSON object for each instance")
    .addHelpText("after", EXAMPLES);
}

/** @throws ServerConfigError when options contradict each other. */
export function checkUpgradeFlags(flags: UpgradeFlags): void {
  const { plan, down, forget, keep, list, resetData, yes, drop, convertLossy, skip } = flags;
  const refuse = (problem: string): never => {
    throw new ServerConfigError("command line", [problem]);
  };
  if (yes === true && resetData !== true) {
    refuse(
      "--yes is for --reset-data; losses of an upgrade are allowed by name, see hetu upgrade --plan: take it away",
    );
  }
  const alone = [
    resetData === true ? "--reset-data" : "",
    forget === true ? "--forget" : "",
    list === true ? "--list" : "",
  ].filter((name) => name !== "");
  const others = [plan, down, drop, convertLossy, skip].some((value) => value !== undefined);
  if (alone.length > 1 || (alone.length === 1 && others)) {
    refuse(`${alone[0] ?? ""} stands alone: take the other options away`);
  }
  if (keep !== undefined && forget !== true) refuse("--keep is for --forget: take it away");
  if (keep !== undefined && !/^[0-9]+$/.test(keep)) {
    refuse(`--keep is ${JSON.stringify(keep)}: write how many of the last steps stay, as --keep 1`);
  }
  if (down === true && skip !== undefined) refuse("--skip is for the way up: take it away, or --down");
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
