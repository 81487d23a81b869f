import { spawn } from "node:child_process";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { hetuc, plainEnvironment, repository, run, temporaryFolder } from "./hetuc.js";

/** Puts this repository, and what the project needs besides, where `npm install` would. */
async function install(project: string): Promise<void> {
  await mkdir(join(project, "node_modules/@types"), { recursive: true });
  await symlink(repository, join(project, "node_modules/hetu"), "junction");
  await symlink(join(repository, "node_modules/@types/node"), join(project, "node_modules/@types/node"), "junction");
}

/** A player without a page, who has a second tab for a while. */
const PLAY = `
import { connect, Player } from "./generated/client-js/game/bundle.js";
const tab = () =>
  connect(process.argv[2], { bootstrap: async ({ calls }) => void (await calls.login("secret", "Ada")) });
const client = tab();
await client.calls.moveTo(10, 20);
const players = client.query(Player).range("x", 0, 100);
await players.ready;
for (const { name, x, y } of players.rows) console.log(name + " is at " + x + ", " + y);
const second = tab();
await second.calls.moveTo(30, 40);
const left = new Promise((resolve) => players.onDelete(resolve));
second.close();
await left;
await client.calls.moveTo(50, 60);
console.log(players.rows.length + " players");
client.close();
`;

describe("hetuc init", () => {
  it("writes a project whose schema is clean and formatted, and says what to do next", async () => {
    await using folder = await temporaryFolder();
    const { code, stdout } = await hetuc(["init", "My Game"], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain('cd "My Game"\n');
    expect(Object.keys(await folder.tree("My Game")).toSorted()).toEqual([
      ".gitignore",
      "README.md",
      "hetu.json",
      "package.json",
      "schema/game.hetu",
      "server/index.ts",
      "tsconfig.json",
      "web/index.html",
      "web/main.js",
    ]);
    const project = join(folder.path, "My Game");
    expect(await hetuc(["check"], { cwd: project })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await hetuc(["fmt", "--check"], { cwd: project })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("fills in a package name that npm accepts, and leaves nothing to be filled in", async () => {
    await using folder = await temporaryFolder();
    await hetuc(["init", "My Game!"], { cwd: folder.path });
    const files = await folder.tree("My Game!");
    expect(JSON.parse(files["package.json"]!)).toMatchObject({
      name: "my-game",
      dependencies: { hetu: expect.stringMatching(/^(file:|\^)/) as string },
    });
    for (const [path, content] of Object.entries(files)) expect([path, content.includes("{{")]).toEqual([path, false]);
  });

  it("gives a project that builds and passes the strict type check", async () => {
    await using folder = await temporaryFolder();
    await hetuc(["init", "game"], { cwd: folder.path });
    const project = join(folder.path, "game");
    await install(project);
    expect(await hetuc(["build"], { cwd: project })).toMatchObject({ code: 0 });
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    expect(await run(process.execPath, [tsc, "-p", "."], { cwd: project })).toMatchObject({ code: 0, stdout: "" });
    const { compilerOptions } = JSON.parse(await readFile(join(project, "tsconfig.json"), "utf8")) as {
      readonly compilerOptions: { readonly strict: boolean };
    };
    expect(compilerOptions.strict).toBe(true);
  });

  it("gives a project that runs: the page is served, a player logs in and moves, also in two tabs", async () => {
    await using folder = await temporaryFolder();
    await hetuc(["init", "game"], { cwd: folder.path });
    const project = join(folder.path, "game");
    await install(project);
    const config = JSON.parse(await folder.read("game/hetu.json")) as { readonly server: object };
    await folder.write("game/hetu.json", JSON.stringify({ ...config, server: { ...config.server, metrics: false } }));

    const program = join(repository, "dist/runtime/cli.js");
    const server = spawn(process.execPath, [program, "dev", "--port", "0"], { cwd: project, env: plainEnvironment() });
    const ended = new Promise((resolve) => server.once("close", resolve));
    try {
      let address: string | undefined;
      for await (const line of createInterface({ input: server.stdout })) {
        address = /pages at (http:[^"]*)/.exec(line)?.[1];
        if (address !== undefined) break;
      }
      server.stdout.resume();
      expect(await (await fetch(address!)).text()).toContain("<title>game</title>");
      await folder.write("game/play.mjs", PLAY);
      const socket = `${address!.replace("http", "ws")}hetu/game`;
      expect(await run(process.execPath, ["play.mjs", socket], { cwd: project })).toMatchObject({
        code: 0,
        stdout: "Ada is at 10, 20\n0 players\n",
      });
    } finally {
      server.kill("SIGTERM");
      await ended;
    }
  });

  it("refuses a folder with something in it and changes nothing", async () => {
    await using folder = await temporaryFolder({ "game/notes.txt": "mine" });
    const { code, stderr } = await hetuc(["init", "game"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("game is not empty: it holds `notes.txt`");
    expect(await folder.tree("game")).toEqual({ "notes.txt": "mine" });
  });

  it("takes an empty folder, also one with a fresh Git repository", async () => {
    await using folder = await temporaryFolder({ ".git/HEAD": "ref: refs/heads/main\n" });
    expect(await hetuc(["init", "."], { cwd: folder.path })).toMatchObject({ code: 0 });
    expect(await folder.read("schema/game.hetu")).toContain("namespace game");
  });

  it("refuses a name that a file has", async () => {
    await using folder = await temporaryFolder({ game: "a file" });
    const { code, stderr } = await hetuc(["init", "game"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("game is not a folder");
  });

  it("asks for the folder when none is given", async () => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await hetuc(["init"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("missing required argument `folder`");
  });
});
