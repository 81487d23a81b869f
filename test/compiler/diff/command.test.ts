import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { compileSources } from "../../../compiler/pipeline.js";
import { schemaJson } from "../../../compiler/emit/schema-json/index.js";
import { GOOD, SECOND, WRONG } from "../cli/schemas.js";
import { temporaryFolder } from "../cli/hetuc.js";
import { gitIn, hetuc, type Repository, repository } from "./scratch.js";

const CHANGED = GOOD.replace("kind:  i32\n", "kind:  i64\n").replace("  owner: i64 @index\n", "  owner: i64\n");
const MODEL = schemaJsonOf(GOOD);

function schemaJsonOf(text: string): string {
  const { model } = compileSources([{ path: "schema/shop.hetu", text }]);
  if (model === undefined) throw new Error("it does not compile");
  return schemaJson.emit(model)[0]?.content ?? "";
}

interface Told {
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly {
    readonly id: string;
    readonly fails: boolean;
    readonly path?: string;
    readonly start?: unknown;
  }[];
}

async function told(cwd: string, ...args: readonly string[]): Promise<Told & { readonly ids: readonly string[] }> {
  const { out, err } = await hetuc(cwd, "diff", "--json", ...args);
  if (out === "") throw new Error(err);
  const document = JSON.parse(out) as Told;
  return { ...document, ids: document.changes.map(({ id }) => id) };
}

const BOTH = ["column-type-widened:shop.Item.kind", "index-removed:shop.Item.owner"];

describe("hetuc diff", () => {
  let repo: Repository;

  beforeAll(async () => {
    repo = await repository({
      "schema/shop.hetu": GOOD,
      "built/schema.json": MODEL,
      "games/farm/hetu.json": '{ "schema": "model/*.hetu" }',
      "games/farm/model/farm.hetu": SECOND,
    });
    await repo.git("tag", "v1");
    await repo.write("schema/shop.hetu", CHANGED);
    await repo.write("games/farm/model/farm.hetu", SECOND.replace("kind:  i32", "kind:  i32 = 0\n  more:  u8 = 0"));
    return () => repo[Symbol.asyncDispose]();
  });

  it.each([
    ["a revision with a colon", "HEAD:"],
    ["a tag without one", "v1"],
    ["a folder of a revision", "HEAD:schema"],
    ["a file of a revision", "HEAD:schema/shop.hetu"],
    ["a path from the working folder", "HEAD:./schema/shop.hetu"],
    ["a schema.json of a revision", "HEAD:built/schema.json"],
    ["a schema.json", "built/schema.json"],
  ])("takes %s as the old side, and the project as the new one", async (_what, old) => {
    expect((await told(repo.path, old)).ids.toSorted()).toStrictEqual(BOTH);
  });

  it("takes files, folders, globs and configurations for either side", async () => {
    for (const now of ["schema", "schema/shop.hetu", "sch*/*.hetu"]) {
      expect((await told(repo.path, "built/schema.json", now)).ids.toSorted(), now).toStrictEqual(BOTH);
    }
    const [, first] = (await hetuc(repo.path, "diff", "HEAD:games/farm", "games/farm", "--format", "github")).out.split(
      "\n",
    );
    expect(first).toMatch(/^::notice file=games\/farm\/model\/farm\.hetu,line=8,/);
    const farm = ["default-changed:farm.Item.kind", "column-added:farm.Item.more"];
    for (const now of ["games/farm", "games/farm/hetu.json"]) {
      expect((await told(repo.path, "HEAD:games/farm", now)).ids, now).toStrictEqual(farm);
    }
    expect((await told(`${repo.path}/games/farm`, "HEAD:")).ids).toStrictEqual(farm);
  });

  it("prints each change under its class with place, reason, help and id", async () => {
    const { code, out, err } = await hetuc(repo.path, "diff", "v1:");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^needs a migration \(1\)\n\ncolumn-type-widened: column Item\.kind of shop: the column was i32 and is now i64 \(also breaks clients\)\n/,
    );
    expect(out).toContain(" --> schema/shop.hetu:7:3\n  |\n7 |   kind:  i64\n  |   ^^^^\n  = why: ");
    expect(out).toContain("\n  = accept: column-type-widened:shop.Item.kind\n");
    expect(out).toContain("\nbreaks clients (1)\n\nindex-removed: index Item.owner of shop: the index is gone\n");
    expect(err).toBe("hetuc: 1 needs a migration, 1 breaks clients, from v1: to the project\n");
  });

  it("says that there is no difference", async () => {
    const { code, out, err } = await hetuc(repo.path, "diff", "v1:", "HEAD:");
    expect([code, out, err]).toStrictEqual([0, "", "hetuc: no difference, from v1: to HEAD:\n"]);
  });

  it.each([
    ["data-loss", 0],
    ["migration", 1],
    ["clients", 1],
  ])("with --fail-on %s ends with %i", async (level, code) => {
    expect((await hetuc(repo.path, "diff", "v1:", "--fail-on", level)).code).toBe(code);
  });

  it("does not fail for what is accepted", async () => {
    const accepted = BOTH.flatMap((id) => ["--accept", id]);
    const { changes } = await told(repo.path, "v1:", "--fail-on", "clients", ...accepted.slice(0, 2));
    expect(changes.map(({ fails }) => fails)).toStrictEqual([false, true]);
    expect((await hetuc(repo.path, "diff", "v1:", "--fail-on", "clients", ...accepted)).code).toBe(0);
  });

  it("tells machines where a change stands, for both sides of a file", async () => {
    const { changes } = await told(repo.path, "v1:");
    expect(changes.map(({ path, start }) => [path, start])).toStrictEqual([
      ["schema/shop.hetu", { line: 7, column: 3 }],
      ["schema/shop.hetu", { line: 6, column: 3 }],
    ]);
    const github = await hetuc(repo.path, "diff", "v1:", "--format", "github", "--fail-on", "migration");
    expect(github.out).toMatch(/^::error file=schema\/shop\.hetu,line=7,col=3,.*title=column-type-widened::/);
    expect(github.out).toMatch(/\n::warning file=schema\/shop\.hetu,line=6,col=3,.*title=index-removed::/);
    const sarif = JSON.parse((await hetuc(repo.path, "diff", "v1:", "--format", "sarif")).out) as {
      readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string; readonly level: string }[] }];
    };
    expect(sarif.runs[0].results.map(({ ruleId, level }) => [ruleId, level])).toStrictEqual([
      ["column-type-widened", "warning"],
      ["index-removed", "warning"],
    ]);
    expect(JSON.stringify(sarif)).toContain(
      '"fullDescription":{"text":"index-removed (breaks clients): Queries by it end',
    );
    const markdown = await hetuc(repo.path, "diff", "v1:", "--format", "markdown");
    expect(markdown.out).toContain(
      "| **column Item.kind of shop**: the column was i32 and is now i64<br>schema/shop.hetu:7 | ",
    );
    // Not a word to whoever is called like an attribute.
    await repo.write("less/shop.hetu", GOOD.replace("  kind:  i32\n", ""));
    const less = await hetuc(repo.path, "diff", "v1:", "less", "--format", "markdown");
    expect(less.out).toContain("Keep it, marked `@deprecated`, until");
  });

  it.each([
    ["a revision that git does not know", ["v9:"], /git knows no revision v9/, /fetch/],
    [
      "a path that the revision does not have",
      ["HEAD:nowhere"],
      /HEAD:nowhere holds no schema file/,
      /root of the repository/,
    ],
    [
      "a branch that was not fetched",
      ["origin/main"],
      /origin\/main is no file/,
      /git knows no revision origin\/main; if it is on another machine, `git fetch.*fetch-depth: 0/,
    ],
    ["a file that is not there", ["games/none.hetu"], /is no file/, /help: give one of these/],
    ["a name of nothing", ["nowhere"], /nowhere is no file, folder, revision or server/, /HEAD~1:/],
    ["a glob without files", ["*.hetu"], /no file matches \*\.hetu/, /paths count/],
    ["a JSON that is no schema", ["games/farm/none.json"], /is no file/, /schema\.json/],
    ["a server that is not there", ["ws://127.0.0.1:1/hetu/shop"], /cannot be reached/, /ws:\/\/host:2466/],
    ["an address without a host", ["http://"], /http:\/\/ is no address/, /http:\/\/host:9466/],
    ["an operations port that is not there", ["http://127.0.0.1:1"], /cannot be reached/, /operations port/],
    ["an id that names no change", ["v1:", "--accept", "column-remove:a.B"], /names no change/, /`column-removed`/],
    [
      "a level that there is not",
      ["v1:", "--fail-on", "all"],
      /Allowed choices are clients, migration, data-loss/,
      /--help/,
    ],
  ])("refuses %s with exit code 2, and says what to do", async (_what, args, message, help) => {
    const { code, out, err } = await hetuc(repo.path, "diff", ...args);
    expect([code, out]).toStrictEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err).toMatch(help);
  });

  it("refuses an old schema that does not compile, and reports a new one", async () => {
    await using folder = await temporaryFolder({ "old.hetu": WRONG, "new.hetu": GOOD });
    const old = await hetuc(folder.path, "diff", "old.hetu", "new.hetu");
    expect([old.code, old.err]).toStrictEqual([
      2,
      expect.stringMatching(/old\.hetu, does not compile: old\.hetu:7: .*i33/),
    ]);
    const now = await hetuc(folder.path, "diff", "new.hetu", "old.hetu");
    expect([now.code, now.err]).toStrictEqual([1, expect.stringMatching(/^error\[HT\d+\].*i33/)]);
  });

  it("says so outside of a repository, in one without commits and in a shallow clone", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    for (const revision of ["HEAD:", "origin/main"]) {
      const { code, err } = await hetuc(folder.path, "diff", revision);
      expect([code, err]).toStrictEqual([2, expect.stringMatching(/git(?: says)?: not a git repository/)]);
    }
    const { git, commit } = gitIn(folder.path);
    await git("init", "-q", "-b", "main");
    expect((await hetuc(folder.path, "diff", "HEAD:")).err).toMatch(/the repository has no commit yet/);
    await commit("the first");
    await git("commit", "-q", "--allow-empty", "-m", "the second");
    await git("clone", "-q", "--depth", "1", pathToFileURL(folder.path).href, "shallow");
    const shallow = await hetuc(`${folder.path}/shallow`, "check", "--against", "HEAD~1");
    expect([shallow.code, shallow.err]).toStrictEqual([2, expect.stringMatching(/shallow clone.*fetch-depth: 0/)]);
  });

  it("says of a revision from before the project that nothing was shipped then", async () => {
    await using repo = await repository({ "readme.md": "" });
    await repo.write("schema/shop.hetu", GOOD);
    expect(await hetuc(repo.path, "check", "--against", "main")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/main holds no schema file\n.*nothing that was shipped can break/) as string,
    });
  });

  it.each([
    ["a namespace without a name", { namespaces: [{}] }, /namespaces\[0\]\.name is missing/],
    ["lists that are not there", { namespaces: [{ name: "shop" }] }, /namespaces\[0\]\.enums is missing/],
    ["no fingerprint", { fingerprint: undefined }, /fingerprint is missing/],
    ["another format", { format: 2 }, /has format 2; this version of hetuc reads format 1/],
  ])("refuses a schema.json with %s, and says where", async (_what, other, message) => {
    const text = JSON.stringify({ ...(JSON.parse(MODEL) as object), ...other });
    await using folder = await temporaryFolder({ "old.json": text, "schema/shop.hetu": GOOD });
    const { code, err } = await hetuc(folder.path, "diff", "old.json");
    expect([code, err]).toStrictEqual([2, expect.stringMatching(message)]);
  });
});

describe("hetuc check --against", () => {
  it("fails for changes that are as bad as the level, and warns of others", async () => {
    await using repo = await repository({ "schema/shop.hetu": GOOD });
    expect(await hetuc(repo.path, "check", "--against", "main")).toStrictEqual({ code: 0, out: "", err: "" });
    await repo.write("schema/shop.hetu", CHANGED);
    const clients = await hetuc(repo.path, "check", "--against", "main");
    expect(clients.code).toBe(1);
    expect(clients.err).toMatch(/^error\[column-type-widened\]: column Item\.kind: .*\n --> schema\/shop\.hetu:7:3\n/);
    expect(clients.err).toMatch(/^error\[index-removed\]/m);
    const migration = await hetuc(repo.path, "check", "--against", "main", "--fail-on", "migration");
    expect([migration.code, migration.err]).toStrictEqual([1, expect.stringMatching(/^warning\[index-removed\]/m)]);
    expect((await hetuc(repo.path, "check", "--against", "main", "--fail-on", "data-loss")).code).toBe(0);
  });

  it("leaves out what hetu.accepted.json names, and tells of entries that are no change", async () => {
    const accepted = JSON.stringify({ [BOTH[0] ?? ""]: "why", [BOTH[1] ?? ""]: "why", "copy-removed:shop.Old": "why" });
    await using repo = await repository({ "schema/shop.hetu": GOOD });
    await repo.write("schema/shop.hetu", CHANGED);
    await repo.write("hetu.accepted.json", accepted);
    const { code, err } = await hetuc(repo.path, "check", "--against", "HEAD");
    expect(code).toBe(0);
    expect(err).toBe(
      "hetuc: 2 accepted changes are left out\n" +
        "hetuc: hetu.accepted.json: copy-removed:shop.Old is no change against HEAD (any more)\n",
    );
    await repo.write("hetu.accepted.json", '{ "index-removed:shop.Item.owner": "" }');
    expect(await hetuc(repo.path, "check", "--against", "HEAD")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/index-removed:shop\.Item\.owner has no reason/) as string,
    });
  });

  it("looks at no changes while the schema has errors", async () => {
    await using repo = await repository({ "schema/shop.hetu": GOOD });
    await repo.write("schema/shop.hetu", WRONG);
    const { code, err } = await hetuc(repo.path, "check", "--against", "HEAD");
    expect(code).toBe(1);
    expect(err).toMatch(/^error\[HT\d+\]/);
    expect(err).not.toMatch(/column-type/);
  });

  it("is asked for with --against only", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const { code, err } = await hetuc(folder.path, "check", "--fail-on", "clients");
    expect([code, err]).toStrictEqual([2, expect.stringMatching(/--against origin\/main/)]);
  });
});
