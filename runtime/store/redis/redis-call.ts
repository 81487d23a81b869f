import { RedisReplyError } from "./errors.js";
import type { RedisArgument, RedisReply } from "./link.js";
import type { Script } from "./script.js";

/** Decides what becomes of a call that did not get its reply. */
export interface CallOwner {
  /** Redis answered with an error: the call has not run. */
  refused(call: RedisCall, error: RedisReplyError): void;
  /** The connection is gone: the call may have run. */
  lost(call: RedisCall): void;
  /** A call has got its reply or its final error. */
  ended(call: RedisCall): void;
}

const DIGITS = 10;
/** `$`, the length and two line ends. */
const FRAME = 1 + DIGITS + 4;

/**
 * One command on its way. It can be sent again, and its promise stays the same.
 *
 * ioredis takes it for one of its own commands (see `Command` there): it asks for `name`, `args` and `toWritable` and
 * calls `resolve` or `reject`. Its own class costs more than everything else that a call does.
 */
export class RedisCall {
  readonly promise: Promise<RedisReply>;
  /** Time by which it must have succeeded, once it has failed a first time; as `performance.now`. */
  deadline = 0;
  attempts = 0;
  readonly isTraced = true;
  readonly inTransaction = false;
  #resolve: (reply: RedisReply) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  readonly #script: Script | undefined;
  readonly #owner: CallOwner;
  #name: string;
  #args: readonly RedisArgument[];

  /** @param key The first key, by which a cluster finds the node. */
  constructor(
    owner: CallOwner,
    name: string,
    args: readonly RedisArgument[],
    readonly key: string,
    readonly repeatable: boolean,
    script?: Script,
  ) {
    this.#owner = owner;
    this.#name = name;
    this.#args = args;
    this.#script = script;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  static script(
    owner: CallOwner,
    script: Script,
    keys: readonly string[],
    args: readonly RedisArgument[],
    repeatable: boolean,
  ): RedisCall {
    const all = [script.digest, keys.length, ...keys, ...args];
    return new RedisCall(owner, script.readOnly ? "evalsha_ro" : "evalsha", all, keys[0] ?? "", repeatable, script);
  }

  get name(): string {
    return this.#name;
  }

  get args(): readonly RedisArgument[] {
    return this.#args;
  }

  /** What errors call it. */
  get title(): string {
    return this.#script === undefined ? this.#name.toUpperCase() : `the script ${this.#script.name}`;
  }

  /** Redis does not know the script: from now on it is sent whole. @returns false when it was already. */
  sendSource(): boolean {
    if (this.#script === undefined || this.#args[0] === this.#script.source) return false;
    this.#name = this.#script.readOnly ? "eval_ro" : "eval";
    this.#args = [this.#script.source, ...this.#args.slice(1)];
    return true;
  }

  /** Ends it. */
  fail(error: Error): void {
    this.#reject(error);
    this.#owner.ended(this);
  }

  setReplyContext(): void {
    // All connections of ours speak the same protocol.
  }

  /** The command in RESP, an array of bulk strings. */
  toWritable(): Buffer {
    const args = this.#args;
    let length = FRAME + FRAME + this.#name.length;
    for (const arg of args) length += FRAME + (typeof arg === "object" ? arg.length : byteLength(arg));
    const bytes = Buffer.allocUnsafe(length);
    let at = bytes.write(`*${args.length + 1}\r\n$${this.#name.length}\r\n${this.#name}\r\n`, 0, "latin1");
    for (const arg of args) {
      if (typeof arg === "object") {
        at += bytes.write(`$${arg.length}\r\n`, at, "latin1");
        bytes.set(arg, at);
        at += arg.length;
        bytes[at++] = 0x0d;
        bytes[at++] = 0x0a;
      } else {
        at += bytes.write(`$${byteLength(arg)}\r\n${arg}\r\n`, at);
      }
    }
    return bytes.subarray(0, at);
  }

  resolve(reply: RedisReply): void {
    this.#resolve(reply);
    this.#owner.ended(this);
  }

  reject(error: Error): void {
    if (error.name === "ReplyError") this.#owner.refused(this, new RedisReplyError(error.message, this.title));
    else this.#owner.lost(this);
  }
}

function byteLength(arg: string | number): number {
  return Buffer.byteLength(typeof arg === "string" ? arg : String(arg));
}
