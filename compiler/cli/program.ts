import { Command, InvalidArgumentError, Option } from "commander";
import type { CommandContext } from "./command-context.js";
import type { CheckOptions } from "./commands/check.js";
import type { DiffOptions } from "./commands/diff.js";
import type { FmtOptions } from "./commands/fmt.js";
import type { GraphOptions } from "./commands/graph.js";
import type { LintOptions } from "./commands/lint.js";
import type { PlaygroundOptions } from "./commands/playground.js";
import { diagnosticFormats } from "./diagnostic-format.js";
import { failLevels } from "./diff/levels.js";
import type { ExitCode } from "./exit-code.js";
import type { BuildOptions } from "./plan-build.js";

const EXIT_CODES = `
Exit codes:
  0   all is well; warnings do not count
  1   the schema has errors, fmt --check found files to format, or a change or finding is as bad as --fail-on
  2   wrong arguments, a wrong hetu.json, files that cannot be read or written`;

const TOP_EXAMPLES = `
Examples:
  hetuc init my-game          start a project
  hetuc build --watch         compile on every change
  hetuc check --format sarif  check only, for a code scanner
  hetuc explain HT2001        what a diagnostic means

\`hetuc help COMMAND\` says more. Environment: NO_COLOR and FORCE_COLOR decide on colours; with GITHUB_ACTIONS=true
diagnostics become annotations unless --format says otherwise.`;

const configOption = (): Option =>
  new Option("-c, --config <path>", "the hetu.json to use; by default the nearest one, from the working folder upward");

const formatOption = (): Option =>
  new Option("--format <format>", "how diagnostics are printed: text to stderr, the others to stdout").choices(
    diagnosticFormats,
  );

/** @param byDefault what it is when it is not given, as the help tells; left out: nothing fails. */
const failOnOption = (byDefault?: string): Option =>
  new Option(
    "--fail-on <level>",
    `end with 1 when a change is as bad as this, or worse; ${byDefault === undefined ? "nothing fails without it" : `${byDefault} without it`}`,
  ).choices(Object.keys(failLevels));

const acceptOption = (): Option =>
  new Option("--accept <id>", "a change that does not fail, as kind:subject; repeatable").argParser(
    (id: string, previous: readonly string[] | undefined): readonly string[] => [...(previous ?? []), id],
  );

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  ...value.split(",").map((name) => name.trim()),
];

const portNumber = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
};

/**
 * The command line. The modules of a command are loaded when it runs.
 *
 * @param version what `--version` prints.
 * @param finish is given the exit code of the command that ran.
 */
export function createProgram(version: string, context: CommandContext, finish: (code: ExitCode) => void): Command {
  const program = new Command("hetuc")
    .description("Compiles .hetu schemas: typed server bindings, client SDKs and the model as JSON.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", `${EXIT_CODES}\n${TOP_EXAMPLES}`)
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError(false);

  program
    .command("build")
    .description("check the schema and write what the targets generate")
    .option("-w, --watch", "build again on every change; errors keep the last good output")
    .option("-t, --target <names>", "only these targets, repeatable or separated by commas", collect)
    .option("-o, --out <folder>", "where to write, instead of `out` of hetu.json (default: generated)")
    .option("--json", "one JSON object a build on stdout instead of messages")
    .addOption(formatOption())
    .addOption(configOption())
    .addHelpText("after", BUILD_HELP)
    .action(async (options: BuildOptions) => {
      const { build } = await import("./commands/build.js");
      finish(await build(context, options));
    });

  program
    .command("check")
    .description("check the schema and write nothing; with --against also what its changes break")
    .option("--json", "the same as --format json")
    .option(
      "--against <schema>",
      "report changes since an older schema: a revision, file, folder or server, as in diff",
    )
    .addOption(failOnOption("clients"))
    .addOption(acceptOption())
    .addOption(formatOption())
    .addOption(configOption())
    .addHelpText("after", CHECK_HELP)
    .action(async (options: CheckOptions) => {
      const { check } = await import("./commands/check.js");
      finish(await check(context, options));
    });

  program
    .command("diff")
    .description("tell in what two schemas differ: what breaks clients, needs a migration or loses data")
    .argument("<old>", "a file, folder, glob, hetu.json, schema.json, revision of git (HEAD~1:) or server")
    .argument("[new]", "the same; the project of the working folder when left out")
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--format <format>", "how the changes are printed, on stdout")
        .choices(["text", "json", "github", "sarif", "markdown"])
        .default("text"),
    )
    .addOption(failOnOption())
    .addOption(acceptOption())
    .addOption(configOption())
    .addHelpText("after", DIFF_HELP)
    .action(async (old: string, now: string | undefined, options: DiffOptions) => {
      const { diff } = await import("./commands/diff.js");
      finish(await diff(context, { old, now }, options));
    });

  program
    .command("lint")
    .description("look for what is allowed and seldom wise, in the schema and in the code of its systems")
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <level>", "end with 1 when there is a finding of this level, or above")
        .choices(["warn", "error"])
        .default("error"),
    )
    .addOption(formatOption())
    .addOption(configOption())
    .addHelpText("after", LINT_HELP)
    .action(async (options: LintOptions) => {
      const { lintProject } = await import("./commands/lint.js");
      finish(await lintProject(context, options));
    });

  program
    .command("fmt")
    .description("format .hetu files in place")
    .argument("[files...]", "files to format; every schema file of the project when none is given; - is stdin")
    .option("--check", "change nothing, list files that are not formatted and fail when there are any")
    .addOption(configOption())
    .addHelpText("after", FMT_HELP)
    .action(async (files: readonly string[], options: FmtOptions) => {
      const { fmt } = await import("./commands/fmt.js");
      finish(await fmt(context, files, options));
    });

  program
    .command("explain")
    .description("print what a diagnostic means: a wrong example, and the same put right")
    .argument("[code]", "as in HT2001, or its number alone; every code when left out")
    .option("--json", "the page as JSON")
    .addHelpText("after", EXPLAIN_HELP)
    .action(async (code: string | undefined, options: { readonly json?: boolean }) => {
      const { explain } = await import("./commands/explain.js");
      finish(explain(context, code, options.json === true));
    });

  program
    .command("graph")
    .description("print the clusters: which systems share components, and which component joins them")
    .addOption(
      new Option("--format <format>", "how to print them")
        .choices(["text", "mermaid", "html", "svg", "json"])
        .default("text"),
    )
    .addOption(configOption())
    .addHelpText("after", GRAPH_HELP)
    .action(async (options: GraphOptions) => {
      const { graph } = await import("./commands/graph.js");
      finish(await graph(context, options));
    });

  program
    .command("lsp")
    .description("serve an editor: the language server protocol over standard input and output")
    .option("--stdio", "the only way there is, and the default; editors pass it")
    .addHelpText("after", LSP_HELP)
    .action(async () => {
      const { lsp } = await import("./commands/lsp.js");
      await lsp(context);
    });

  program
    .command("playground")
    .description("serve a page to try schemas in: problems, generated code and clusters while you write")
    .argument("[path]", "what it opens with: a .hetu file or a project; by default the project of the working folder")
    .option("-p, --port <number>", "where to serve it; 2480 without it, or any free one when that is taken", portNumber)
    .option("--host <host>", "the address to listen on", "127.0.0.1")
    .option("--open", "open it in the browser")
    .option("-o, --out <folder>", "write its files into a folder instead, for a web server of your own")
    .addHelpText("after", PLAYGROUND_HELP)
    .action(async (path: string | undefined, options: PlaygroundOptions) => {
      const { playground } = await import("./commands/playground.js");
      finish(await playground(context, path, options));
    });

  program
    .command("init")
    .description("start a project: a schema, server code and a web page that run at once")
    .argument("<folder>", "created when missing; must be empty")
    .addHelpText("after", INIT_HELP)
    .action(async (folder: string) => {
      const { init } = await import("./commands/init.js");
      finish(await init(context, folder));
    });

  return program;
}

const BUILD_HELP = `
Without --target, \`targets\` of hetu.json decides, and without that every target is built. Targets:
  server-ts      what server code in TypeScript implements
  client-ts      a client SDK in TypeScript
  client-js      a client SDK in JavaScript with types, also as one file for a web page
  client-csharp  a client SDK in C# for Unity and .NET; \`csharp\` for short
  schema.json    the checked schema and its fingerprint

Files whose content is the same are not touched, files that are no longer generated are removed, and a build with
errors changes nothing. With --json each build prints one line:
  {"event":"built"|"failed","ok":…,"diagnostics":[…],"files":{"written":[…],"unchanged":N,"removed":[…]},"ms":…}

Examples:
  hetuc build
  hetuc build --target server-ts,client-js
  hetuc build --watch --json
  hetuc build --out ../game/generated --config examples/chat/hetu.json`;

const CHECK_HELP = `
Examples:
  hetuc check
  hetuc check --format github
  hetuc check --format sarif > hetuc.sarif
  hetuc check --against origin/main
  hetuc check --against v1.2: --fail-on data-loss --accept column-removed:shop.Item.kind`;

const DIFF_HELP = `
Each change is safe, breaks clients, needs a migration or loses data; docs/compatibility.md has all kinds. Levels of
--fail-on, from the lowest: clients, migration, data-loss; a level includes those behind it. What the project has
accepted is in hetu.accepted.json: {"column-removed:shop.Item.kind": "why it is right"}.

OLD and NEW:
  HEAD~1:                    the project as it was in a revision; also without the colon
  v1.2:games/shop            another folder, hetu.json, .hetu file or schema.json of a revision
  schema.json, hetu.json, a folder, a glob, a .hetu file
  ws://host:2466/hetu/shop   what a running server tells clients: its public part only; of a server with layers
                             ws://host:2466/hetu/shop#zlib,crypto, and its key in HETU_WIRE_SECRET
  http://host:9466           the operations port of a running server: all of its schema

Examples:
  hetuc diff HEAD~1:
  hetuc diff v1.2: --fail-on data-loss
  hetuc diff http://127.0.0.1:9466
  hetuc diff old/schema.json new/schema.json --format markdown`;

const LINT_HELP = `
Findings are warnings; \`lint\` of hetu.json makes them errors or switches them off, and a comment above a place,
\`// hetuc-lint-ignore HT8004: why\`, in the schema or in TypeScript, accepts it there. docs/lint.md has all rules. The
code is what \`server.entry\` of hetu.json (default: server/index.ts) reaches.

Examples:
  hetuc lint
  hetuc lint --fail-on warn --format github
  hetuc explain HT8004`;

const FMT_HELP = `
Examples:
  hetuc fmt
  hetuc fmt --check
  hetuc fmt schema/items.hetu
  cat items.hetu | hetuc fmt -`;

const EXPLAIN_HELP = `
Examples:
  hetuc explain HT2001
  hetuc explain`;

const GRAPH_HELP = `
Systems of one cluster share tables, so they live in one place; small clusters scale better.

Examples:
  hetuc graph
  hetuc graph --format html > clusters.html
  hetuc graph --format svg > clusters.svg          one picture for documents and printers
  hetuc graph --format mermaid > clusters.mmd`;

const LSP_HELP = `
Editors start it; docs/editors.md says how to set them up.

Examples:
  hetuc lsp --stdio`;

const PLAYGROUND_HELP = `
The compiler runs in the page; nothing that is written there is sent anywhere. Links to a schema carry it in the address.
In a project the page opens with a copy of its schema, as it is on the disk whenever the page is loaded; what is changed
there stays in the browser until you copy or download it. Whoever reaches the address reads that copy: mind --host.
With --out only a schema that is named is written along.

Examples:
  hetuc playground
  hetuc playground schema/game.hetu --open
  hetuc playground --port 0 --host 0.0.0.0
  hetuc playground --out site/playground
  hetuc playground . --out site/playground`;

const INIT_HELP = `
Examples:
  hetuc init my-game
  cd my-game && npm install && npm start`;
