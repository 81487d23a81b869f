import type { RedisReply } from "../link.js";

/** Replies of the registry's own scripts: what they say is what their headers promise. */
export function listOf(reply: RedisReply): readonly RedisReply[] {
  if (Array.isArray(reply)) return reply as readonly RedisReply[];
  throw new TypeError(`a script was to return a list and returned ${textOf(reply)}`);
}

export function textOf(reply: RedisReply | undefined): string {
  return reply instanceof Uint8Array ? Buffer.from(reply).toString("utf8") : String(reply);
}

export function numberOf(reply: RedisReply | undefined): number {
  return Number(textOf(reply));
}
