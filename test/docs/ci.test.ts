import { OperationsListener } from "hetu";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compilerProgram, type Finished, run, temporaryFolder } from "../compiler/cli/hetuc.js";
import { GOOD } from "../compiler/cli/schemas.js";
import { hetuc, type Repository, repository } from "../compiler/diff/scratch.js";
import { WORLD } from "../compiler/diff/mutations.js";
import { startWorld } from "../runtime/gate/world-server.js";

const page = await readFile(new URL("../../docs/ci.md", import.meta.url), "utf8");

/** The fenced blocks of a kind. */
function blocks(kind: string): readonly string[] {
  return [...page.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].flatMap(([, info, code = ""]) =>
    info === kind ? [code] : [],
  );
}

/** The configuration that begins with the name of its file. */
function configuration(file: string): unknown {
  const found = blocks("yaml").find((block) => block.startsWith(`# ${file}\n`));
  if (found === undefined) throw new Error(`docs/ci.md has no ${file}`);
  return parse(found);
}

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }>
  >;
}

/** What the steps of a workflow run. */
function steps(file: string): readonly string[] {
  const { jobs } = configuration(file) as Workflow;
  return Object.values(jobs).flatMap((job) => job.steps.flatMap(({ run: text }) => text ?? []));
}

const BROKEN = GOOD.replace("  kind:  i32\n", "");
const UGLY = GOOD.replace("  kind:  i32\n", "  kind:     i32\n");

let repo: Repository;
let tools: Repository;

beforeAll(async () => {
  // `npx` finds what npm has installed, and `npm ci` installs it: both stand for the program that was just built.
  tools = await repository({
    npx: `#!/bin/sh\nshift\nexec "${process.execPath}" "${compilerProgram}" "$@"\n`,
    npm: "#!/bin/sh\nexit 0\n",
  });
  for (const tool of ["npx", "npm"]) await chmod(join(tools.path, tool), 0o755);
});

afterAll(() => tools[Symbol.asyncDispose]());

/** Runs lines of shell as a step of CI does: it ends with the first that fails. */
function shell(text: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const path = `${tools.path}:${process.env["PATH"] ?? ""}`;
  return run("bash", ["-e", "-o", "pipefail", "-c", text], {
    cwd: repo.path,
    env: { PATH: path, GITHUB_STEP_SUMMARY: join(repo.path, "summary.md"), GITHUB_BASE_REF: "main", ...env },
  });
}

/** What `hetuc build` writes for the schema, by path. */
const generated: Promise<Readonly<Record<string, string>>> = build();

async function build(): Promise<Readonly<Record<string, string>>> {
  await using folder = await temporaryFolder({
    "schema/shop.hetu": GOOD,
    "hetu.json": '{ "targets": ["schema.json"] }',
  });
  await hetuc(folder.path, "build");
  const files = Object.entries(await folder.tree("generated"));
  return Object.fromEntries(files.map(([path, content]) => [`generated/${path}`, content]));
}

/** A clone whose branch `main` of `origin` has the schema, and whose own tree has it changed. */
async function clone(schema: string): Promise<void> {
  repo = await repository({
    "schema/shop.hetu": GOOD,
    "hetu.json": '{ "targets": ["schema.json"] }',
    ...(await generated),
  });
  await repo.git("clone", "-q", "--bare", ".", "origin.git");
  await repo.git("remote", "add", "origin", join(repo.path, "origin.git"));
  await repo.git("fetch", "-q", "origin");
  await repo.write("schema/shop.hetu", schema);
}

const outcomes = async (texts: readonly string[], env = {}): Promise<readonly (number | null)[]> => {
  const codes: (number | null)[] = [];
  for (const text of texts) codes.push((await shell(text, env)).code);
  return codes;
};

describe("docs/ci.md", () => {
  it("what is to be run on one's machine passes while nothing has changed, and fails for what breaks clients", async () => {
    await clone(GOOD);
    expect(await outcomes(blocks("sh"))).toStrictEqual([0, 0]);
    await repo.write("schema/shop.hetu", BROKEN);
    expect(await outcomes(blocks("sh"))).toStrictEqual([1, 1]);
    await repo[Symbol.asyncDispose]();
  });

  it("the steps of the GitHub workflow fail where they should, with annotations and a summary", async () => {
    await clone(BROKEN);
    const all = steps(".github/workflows/schema.yml");
    const actions = { GITHUB_ACTIONS: "true" };
    const found = await Promise.all(all.slice(0, 3).map((step) => shell(step, actions)));
    expect(found.map(({ code }) => code)).toStrictEqual([0, 0, 1]);
    expect(found[2]?.stdout).toMatch(/^::error file=schema\/shop\.hetu,line=5,.*title=column-removed::/);
    expect(await outcomes(all.slice(3), actions)).toStrictEqual([1, 0]);
    expect(await repo.read("summary.md")).toMatch(/\| \*\*column Item\.kind of shop\*\*: the column is gone/);
    await repo[Symbol.asyncDispose]();
  });

  it("the scan writes SARIF although it fails", async () => {
    await clone(BROKEN);
    expect(await outcomes(steps(".github/workflows/schema-scan.yml"))).toStrictEqual([0, 1]);
    const log = JSON.parse(await repo.read("hetuc.sarif")) as {
      readonly runs: readonly [{ readonly results: unknown }];
    };
    expect(log.runs[0].results).toMatchObject([{ ruleId: "column-removed", level: "error" }]);
    await repo[Symbol.asyncDispose]();
  });

  it("the script of the GitLab job fails at its last line, and leaves the table", async () => {
    await clone(BROKEN);
    const { schema } = configuration(".gitlab-ci.yml") as {
      readonly schema: { readonly script: readonly string[]; readonly after_script: readonly string[] };
    };
    expect(await outcomes(schema.script)).toStrictEqual([0, 0, 0, 0, 1]);
    expect(await outcomes(schema.after_script)).toStrictEqual([0]);
    expect(await repo.read("schema.md")).toContain("column Item.kind");
    await repo[Symbol.asyncDispose]();
  });

  it("the hook of git stops a commit of a schema that is not right, and no other", async () => {
    await clone(GOOD);
    const [hook = ""] = blocks("sh hook");
    await repo.write(".git/hooks/pre-commit", hook);
    await chmod(join(repo.path, ".git/hooks/pre-commit"), 0o755);
    const commit = (): Promise<Finished> => {
      return shell("git add -A && git -c user.name=a -c user.email=a@b.c -c commit.gpgsign=false commit -q -m change");
    };
    await repo.write("schema/shop.hetu", UGLY);
    const refused = await commit();
    expect([refused.code, refused.stderr]).toStrictEqual([1, expect.stringMatching(/^schema\/shop\.hetu$/m)]);
    await repo.write("schema/shop.hetu", GOOD.replace("  kind:  i32\n", "  kind:  i32\n  more:  u8 = 0\n"));
    expect((await commit()).code).toBe(0);
    await repo.write("readme.txt", "no schema");
    expect((await commit()).code).toBe(0);
    await repo[Symbol.asyncDispose]();
  });

  it("the commands of lefthook and of pre-commit run, and format what is staged", async () => {
    await clone(UGLY);
    const lefthook = configuration("lefthook.yml") as Readonly<
      Record<string, { readonly commands: Readonly<Record<string, { readonly run: string }>> }>
    >;
    const staged = (text: string): string => text.replace("{staged_files}", "schema/shop.hetu");
    const commands = Object.values(lefthook).flatMap((hook) =>
      Object.values(hook.commands).map((each) => staged(each.run)),
    );
    expect(await outcomes(commands)).toStrictEqual([0, 0, 0]);
    expect(await repo.read("schema/shop.hetu")).toBe(GOOD);
    await repo.write("schema/shop.hetu", UGLY);
    const { repos } = configuration(".pre-commit-config.yaml") as {
      readonly repos: readonly [
        { readonly hooks: readonly { readonly entry: string; readonly pass_filenames?: false }[] },
      ];
    };
    const entries = repos[0].hooks.map(({ entry, pass_filenames: passes }) =>
      passes === false ? entry : `${entry} schema/shop.hetu`,
    );
    expect(await outcomes(entries)).toStrictEqual([0, 0]);
    expect(await repo.read("schema/shop.hetu")).toBe(GOOD);
    await repo[Symbol.asyncDispose]();
  });

  it("a deployment is stopped when the data of the running server needs an upgrade", async () => {
    await clone(WORLD);
    const world = await startWorld();
    const operations = await new OperationsListener(world.server, { port: 0 }).listen();
    const [ask = ""] = blocks("sh server");
    const env = { OPERATIONS: `127.0.0.1:${operations.port}` };
    try {
      expect((await shell(ask, env)).code).toBe(0);
      await repo.write("schema/shop.hetu", WORLD.replace("items: string(60000)", "items: string(9)"));
      expect((await shell(ask, env)).code).toBe(1);
    } finally {
      operations.close();
      await world.close();
      await repo[Symbol.asyncDispose]();
    }
  });
});

it("every block of docs/ci.md is tried", () => {
  expect(page.match(/^```\S/gm)).toHaveLength(
    blocks("sh").length + blocks("sh hook").length + blocks("sh server").length + blocks("yaml").length,
  );
  expect(blocks("yaml").map((block) => block.split("\n", 1)[0])).toStrictEqual([
    "# .github/workflows/schema.yml",
    "# .github/workflows/schema-scan.yml",
    "# .gitlab-ci.yml",
    "# lefthook.yml",
    "# .pre-commit-config.yaml",
  ]);
});
