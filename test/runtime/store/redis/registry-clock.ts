import { createHash } from "node:crypto";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import type { Script } from "../../../../runtime/store/redis/script.js";

/** By how many milliseconds the clock of a Redis is wrong, as {@link clocked} links see it. */
const SHIFT = "clock-shift";

const CLOCK = `
local right = redis.call
local redis = {
  call = function(name, ...)
    local reply = right(name, ...)
    if name ~= "TIME" then return reply end
    local shifted = reply[1] * 1000 + math.floor(reply[2] / 1000) + tonumber(right("GET", "${SHIFT}") or "0")
    return { string.format("%.0f", math.floor(shifted / 1000)), string.format("%.0f", shifted % 1000 * 1000) }
  end,
}
`;

/** A link on which the scripts see the clock that {@link setClock} has set; everything else is as it is. */
export function clocked(link: RedisLink): RedisLink {
  return {
    run: (script, keys, args) => link.run(shifted(script), keys, args),
    command: (name, key, args) => link.command(name, key, args),
    commit: (script, keys, args) => link.commit(script, keys, args),
    dedicated: (key) => link.dedicated(key),
    replica: (key, maxAgeMs) => link.replica(key, maxAgeMs),
    onLost: (listener) => link.onLost(listener),
    onAbsence: (listener) => link.onAbsence(listener),
    onFailure: (listener) => link.onFailure(listener),
    close: () => link.close(),
  };
}

/** @param shift milliseconds from the right time. */
export async function setClock(link: RedisLink, shift: number): Promise<void> {
  await link.command("SET", SHIFT, [shift]);
}

function shifted(script: Script): Script {
  const [first = "", rest = ""] = script.source.startsWith("#!")
    ? [script.source.slice(0, script.source.indexOf("\n") + 1), script.source.slice(script.source.indexOf("\n") + 1)]
    : ["", script.source];
  const source = `${first}${CLOCK}${rest}`;
  return { ...script, source, digest: createHash("sha1").update(source).digest("hex") };
}
