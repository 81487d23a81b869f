import type { DedicatedLink, RedisReply } from "../link.js";
import { RedisReplyError } from "../errors.js";
import { readScript } from "../script.js";
import type { FeedState } from "./commit-sequence.js";
import { NO_NONCE } from "./nonce.js";

const FEED_STATE = readScript("feed-state", { readOnly: true });
const REWRITE_HISTORY = readScript("rewrite-history");

/** Asks where the feed of a partition stands, on one connection; see feed-state.lua and rewrite-history.lua. */
export class History {
  readonly #link: DedicatedLink;
  readonly #keys: readonly [string, string];
  #run: string | undefined = undefined;

  /** @param keys Of the partition's meta hash and stream. */
  constructor(link: DedicatedLink, keys: readonly [string, string]) {
    this.#link = link;
    this.#keys = keys;
  }

  /**
   * @param known The highest position that the caller has heard of.
   * @param rewritten An entry was found in the place of another one: a new history begins, unless it did already.
   */
  async state(known: number, rewritten = false): Promise<FeedState> {
    this.#run ??= await this.#runId();
    const words = [this.#keys.length, ...this.#keys, this.#run, known, rewritten ? 1 : 0];
    const state = await this.#link.command("EVAL", [FEED_STATE.source, ...words]);
    // A server that takes no writes is still read.
    const reply = state ?? (await this.#link.command("EVAL", [REWRITE_HISTORY.source, ...words]));
    const [position, floor, nonce] = reply as readonly [number, number, Buffer];
    return { position, floor, nonce: nonce.length === 0 ? NO_NONCE : nonce };
  }

  /** Tells this start of this server from every other one; empty where users may not ask. */
  async #runId(): Promise<string> {
    try {
      return textField(await this.#link.command("INFO", ["server"]), "run_id");
    } catch (error) {
      if (error instanceof RedisReplyError && error.code === "NOPERM") return "";
      throw error;
    }
  }
}

function textField(info: RedisReply, name: string): string {
  return new RegExp(`^${name}:(.*)$`, "m").exec(String(info))?.[1]?.trim() ?? "";
}
