// Finds the .NET SDK and runs it.
import { spawnSync } from "node:child_process";

/** The SDK that the C# SDK is built and tested with, or a later one. */
const OLDEST_MAJOR = 8;

/** @returns {string | undefined} the version of the SDK that is found on PATH. */
export function dotnetVersion() {
  const { status, stdout } = spawnSync("dotnet", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Why the .NET that was found is not enough, as lines for the terminal; `undefined` when it is. */
export function dotnetProblem() {
  const version = dotnetVersion();
  if (version !== undefined && Number.parseInt(version, 10) >= OLDEST_MAJOR) return undefined;
  return [
    `set-up: the tests of the C# SDK need the .NET SDK ${OLDEST_MAJOR} or later, and ${version === undefined ? "none" : version} was found.`,
    "  Debian, Ubuntu: sudo apt-get install dotnet-sdk-8.0 (from the package feed of Microsoft)",
    "  macOS:          brew install dotnet",
    "  Windows:        winget install Microsoft.DotNet.SDK.8",
    "  elsewhere:      https://dotnet.microsoft.com/download",
  ].join("\n");
}

/**
 * Runs `dotnet` with what it prints shown.
 * @param {string} cwd
 * @param {readonly string[]} args
 * @returns {number} its exit code.
 */
export function dotnet(cwd, ...args) {
  const { status, error } = spawnSync("dotnet", args, {
    cwd,
    stdio: "inherit",
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" },
  });
  if (error) throw error;
  return status ?? 1;
}
