// Makes sure that the machine has what the tests need and npm cannot bring: a Chromium, redis-server, Neovim and the
// .NET SDK; and the packages of the extension for VS Code, which has a package.json of its own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./browser.mjs";
import { dotnetProblem } from "./dotnet.mjs";
import { neovimProblem } from "./neovim.mjs";
import { redisProblem } from "./redis.mjs";

/** @param {readonly string[]} args */
function aptGet(...args) {
  const { status } = spawnSync("apt-get", args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
}

const mayInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;

if (findBrowser() === undefined && mayInstall) {
  console.error("set-up: no Chromium on this machine; installing it with apt-get");
  aptGet("update", "-q");
  aptGet("install", "-q", "-y", "--no-install-recommends", "chromium");
}

if (findBrowser() === undefined) {
  console.error(
    [
      "set-up: the browser tests need Chromium or Chrome, and none was found.",
      "  Debian, Ubuntu: sudo apt-get install chromium",
      "  Fedora:         sudo dnf install chromium",
      "  macOS:          brew install --cask chromium",
      "  elsewhere:      set CHROMIUM_PATH to the program's path",
    ].join("\n"),
  );
  process.exit(1);
}

if (redisProblem() !== undefined && mayInstall) {
  console.error("set-up: no redis-server of version 7.0 or later on this machine; installing it with apt-get");
  aptGet("update", "-q");
  aptGet("install", "-q", "-y", "--no-install-recommends", "redis-server");
}

if (neovimProblem() !== undefined && mayInstall) {
  console.error("set-up: no Neovim on this machine; installing it with apt-get");
  aptGet("update", "-q");
  aptGet("install", "-q", "-y", "--no-install-recommends", "neovim");
}

for (const problem of [redisProblem(), neovimProblem(), dotnetProblem()]) {
  if (problem === undefined) continue;
  console.error(problem);
  process.exit(1);
}

const installed = spawnSync(
  process.execPath,
  [fileURLToPath(new URL("build-vscode.mjs", import.meta.url)), "--install-only"],
  { stdio: ["ignore", "inherit", "inherit"] },
);
if (installed.status !== 0) process.exit(1);
