// Finds the redis-server that the tests start.
import { spawnSync } from "node:child_process";

/** The oldest version that the server works with. */
const OLDEST_MAJOR = 7;

/** @returns {string | undefined} the version of the `redis-server` that is found on PATH. */
export function redisVersion() {
  const { status, stdout } = spawnSync("redis-server", ["--version"], { encoding: "utf8" });
  return status === 0 ? /v=(\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined;
}

/** Why the Redis that was found is not enough, as lines for the terminal; `undefined` when it is. */
export function redisProblem() {
  const version = redisVersion();
  if (version !== undefined && Number.parseInt(version, 10) >= OLDEST_MAJOR) return undefined;
  return [
    `set-up: the tests of the Redis store start redis-server ${OLDEST_MAJOR}.0 or later, and ${version === undefined ? "none" : version} was found.`,
    "  Debian, Ubuntu: sudo apt-get install redis-server",
    "  Fedora:         sudo dnf install redis",
    "  macOS:          brew install redis",
    "  elsewhere:      https://redis.io/docs/latest/operate/oss_and_stack/install/",
  ].join("\n");
}
