// Finds the Neovim that the tests of the editors start.
import { spawnSync } from "node:child_process";

/** The oldest version whose configuration docs/editors.md shows. */
const OLDEST_MINOR = 7;

/** @returns {string | undefined} the version of the `nvim` that is found on PATH. */
function neovimVersion() {
  const { status, stdout } = spawnSync("nvim", ["--version"], { encoding: "utf8" });
  return status === 0 ? /^NVIM v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined;
}

/** Why the Neovim that was found is not enough, as lines for the terminal; `undefined` when it is. */
export function neovimProblem() {
  const version = neovimVersion();
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  if (version !== undefined && (major > 0 || minor >= OLDEST_MINOR)) return undefined;
  return [
    `set-up: the tests of the editors start Neovim 0.${OLDEST_MINOR} or later, and ${version === undefined ? "none" : version} was found.`,
    "  Debian, Ubuntu: sudo apt-get install neovim",
    "  Fedora:         sudo dnf install neovim",
    "  macOS:          brew install neovim",
    "  elsewhere:      https://neovim.io/doc/install/",
  ].join("\n");
}
