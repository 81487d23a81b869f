/**
 * An upgrade that kills itself, as hard as `kill -9`, at one of its operations on the store. Arguments: direction, number
 * of the operation, `before` or `after` it, then `embedded` and a folder, or `redis`, an address and a tag. It ends with
 * code 0 when it has ended before.
 */
import { upgradeEmbedded } from "../../../../runtime/store/embedded/upgrade.js";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import { upgrade } from "../../../../runtime/store/redis/registry/upgrade.js";
import { UpgradeTurnLostError } from "../../../../runtime/store/redis/registry/upgrade-errors.js";
import { requestOf, SCHEMA } from "./killed-upgrade.js";

const [direction, last = "1", moment = "before", kind, place = "", tag = ""] = process.argv.slice(2);
const request = requestOf(direction === "down" ? "down" : "up");

let operations = 0;

function dies(at: "before" | "after"): void {
  if (operations === Number(last) && moment === at) process.kill(process.pid, "SIGKILL");
}

/** The build of this program has put calls of it around every write of the embedded store. */
Object.assign(globalThis, {
  onWrite(at: "before" | "after"): void {
    if (at === "before") operations++;
    dies(at);
  },
});

async function onRedis(): Promise<void> {
  const link = await openLink(parseRedisUrl(place));
  const counted = (ask: RedisLink["command"]): RedisLink["command"] => {
    return async (...args) => {
      operations++;
      dies("before");
      const reply = await ask(...args);
      dies("after");
      return reply;
    };
  };
  const mortal: RedisLink = Object.assign(Object.create(link) as RedisLink, {
    command: counted((...args) => link.command(...args)),
    run: (...args: Parameters<RedisLink["run"]>) => {
      operations++;
      dies("before");
      return link.run(...args).then((reply) => {
        dies("after");
        return reply;
      });
    },
  });
  await upgrade({ ...request, tag, link: () => mortal, leaseTime: 500 }, SCHEMA).catch((error: unknown) => {
    // On a busy machine it may stand still for longer than its turn, and is dead then.
    if (error instanceof UpgradeTurnLostError) process.kill(process.pid, "SIGKILL");
    throw error;
  });
}

await (kind === "redis" ? onRedis() : upgradeEmbedded(place, SCHEMA, request));
process.exit(0);
