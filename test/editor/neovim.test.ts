import { readFileSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repository, run, temporaryFolder, type TemporaryFolder } from "../compiler/cli/hetuc.js";

/** The block of Lua that docs/editors.md shows first: for Neovim from 0.7 on. */
function documentedConfiguration(): string {
  const section = readFileSync(join(repository, "docs/editors.md"), "utf8").split("\n## Neovim\n")[1] ?? "";
  return /^```lua\n(.*?)^```$/ms.exec(section)?.[1] ?? expect.unreachable("docs/editors.md has no configuration");
}

/** What a user does, with the keys of the configuration; what is seen is written to a file as JSON. */
const DRIVE = `
local seen = {}
local function await(what, condition)
  if not vim.wait(30000, condition, 10) then
    error("waited in vain for " .. what)
  end
end
local function problems()
  return vim.tbl_map(function(each)
    return { code = each.code, line = each.lnum + 1, source = each.source }
  end, vim.diagnostic.get(0))
end
local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function drive()
  await("a problem", function() return #problems() > 0 end)
  seen.problems = problems()

  vim.fn.setline(3, "system pay()   uses Gold")
  vim.api.nvim_exec_autocmds("TextChanged", { buffer = 0 })
  await("no problem", function() return #problems() == 0 end)

  local shop = vim.api.nvim_get_current_buf()
  vim.fn.cursor(3, 21)
  vim.cmd("normal gd")
  await("the definition", function() return vim.fn.expand("%:t") == "gold.hetu" end)
  seen.definition = vim.fn.getcurpos()[2]

  vim.lsp.buf.rename("Coin")
  await("the new name", function() return table.concat(lines()):find("Coin") ~= nil end)
  seen.renamed = lines()
  vim.cmd("silent write")

  vim.cmd("buffer " .. shop)
  await("the new name", function() return table.concat(lines()):find("Coin") ~= nil end)
  vim.cmd("silent write")
  seen.formatted = lines()

  vim.cmd("edit ../notes/alone.hetu")
  await("a problem of a file of no project", function() return #problems() > 0 end)
  seen.alone = problems()
  vim.cmd("edit ../broken/alone.hetu")
  seen.servers = #vim.lsp.get_active_clients()
  seen.messages = vim.fn.execute("messages"):match("No hetuc.*")
end

vim.o.hidden = true
local ok, message = pcall(drive)
seen.error = not ok and tostring(message) or nil
vim.fn.writefile({ vim.fn.json_encode(seen) }, "seen.json")
vim.cmd("qall!")
`;

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({
    "games/broken/alone.hetu": "namespace broken\n",
    "games/broken/node_modules/.bin/hetuc": "nothing that can be started",
    "games/notes/alone.hetu": "namespace notes\n\nstruct Note { text: Strng }\n",
    "games/my game/init.lua": documentedConfiguration(),
    "games/my game/drive.lua": DRIVE,
    "games/my game/hetu.json": "{}",
    "games/my game/schema/gold.hetu": "namespace game\n\n/// Money.\ncomponent Gold {\n  owner: i64 @unique\n}\n",
    "games/my game/schema/shop.hetu": "namespace game\n\nsystem pay() uses Gild\n",
  });
  // Of several projects, as workspaces of npm have it.
  const packages = join(folder.path, "games/node_modules/.bin");
  await mkdir(packages, { recursive: true });
  await symlink(join(repository, "dist/compiler/cli.js"), join(packages, "hetuc"));
});
afterAll(() => folder[Symbol.asyncDispose]());

function nvim(...args: readonly string[]) {
  const { path } = folder;
  return run("nvim", ["--headless", "-i", "NONE", "-n", ...args], {
    cwd: join(path, "games/my game"),
    env: { XDG_STATE_HOME: path, XDG_CACHE_HOME: path, XDG_CONFIG_HOME: path },
  });
}

test("Neovim, configured as docs/editors.md shows it, tells problems, goes to definitions, renames and formats", async () => {
  const { code, stderr } = await nvim("-u", "init.lua", "schema/shop.hetu", "-c", "luafile drive.lua");
  expect([code, stderr.match(/E\d+:.*/g)]).toEqual([0, null]);
  expect(JSON.parse(await folder.read("games/my game/seen.json"))).toEqual({
    problems: [{ code: "HT2011", line: 3, source: "hetuc" }],
    definition: 4,
    renamed: ["namespace game", "", "/// Money.", "@was(Gold)", "component Coin {", "  owner: i64 @unique", "}"],
    formatted: ["namespace game", "", "system pay() uses Coin"],
    alone: [{ code: "HT2009", line: 3, source: "hetuc" }],
    servers: 2,
    messages: `No hetuc for ${folder.path}/games/broken: npm install hetu`,
  });
  expect(await folder.read("games/my game/schema/shop.hetu")).toBe("namespace game\n\nsystem pay() uses Coin\n");
}, 60_000);

test("the folders of editor/vim alone tell Neovim the file type and give it colours", async () => {
  const runtime = `set runtimepath^=${join(repository, "editor/vim")}`;
  const tell = `lua io.stdout:write(vim.bo.filetype .. " " .. vim.fn.synIDattr(vim.fn.synID(3, 1, 1), "name"))`;
  const { stdout } = await nvim("-u", "NORC", "--cmd", runtime, "schema/gold.hetu", "-c", tell, "-c", "qall!");
  expect(stdout).toBe("hetu hetuDocumentation");
}, 60_000);
