import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hetuc, repository, run, temporaryFolder } from "./hetuc.js";

/** Puts this repository, and what the project needs besides, where `npm install` would. */
async function install(project: string): Promise<void> {
  await mkdir(join(project, "node_modules/@types"), { recursive: true });
  await symlink(repository, join(project, "node_modules/hetu"), "junction");
  await symlink(join(repository, "node_modules/@types/node"), join(project, "node_modules/@types/node"), "junction");
}

describe("hetuc init", () => {
  it("writes a project whose schema is clean and formatted, and says what to do next", async () => {
    await using folder = await temporaryFolder();
    const { code, stdout } = await hetuc(["init", "My Game"], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain("cd My Game");
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
