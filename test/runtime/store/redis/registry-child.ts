/**
 * One process of an instance, to be killed or paused. Arguments: URL of Redis, lease time in milliseconds. It says on
 * its standard output `joined <number> <token>`, `prepare` when it starts the instance, `serving`, `reaped <number>`,
 * then `id <id>` again and again, `doubt` when it may give none, and `lost` before it ends with code 3.
 */
import { writeSync } from "node:fs";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import { openRegistry } from "../../../../runtime/store/redis/registry/registry.js";

const [url = "", leaseTime = "1000"] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

const ignore = (): void => undefined;
const registry = openRegistry({
  link: await openLink(parseRedisUrl(url)),
  tag: "{hetu:game}",
  leaseTime: Number(leaseTime),
  log: { info: ignore, warn: ignore, error: ignore },
});
const lease = await registry.join();
lease.onLost(() => {
  say("lost");
  process.exit(3);
});
say(`joined ${lease.worker} ${lease.token.toString("hex")}`);
registry.onDead(({ worker }) => {
  say(`reaped ${worker}`);
  return Promise.resolve();
});
await registry.startOnce(async (start) => {
  say("prepare");
  await start.cleared();
});
say("serving");
process.on("SIGTERM", () => {
  void lease.release().then(() => process.exit(0));
});
for (;;) {
  try {
    say(`id ${lease.nextId()}`);
  } catch {
    say("doubt");
  }
  await new Promise((resolve) => setTimeout(resolve, 2));
}
