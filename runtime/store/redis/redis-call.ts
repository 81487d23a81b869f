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

/** Of a number as text: 17 digits, sign, point and exponent. */
const DIGITS = 25;
/** Of one character in UTF-8, counted as JavaScript counts them. */
const MOST_BYTES = 3;
/** `$`, the length and two line ends. */
const FRAME = 1 + 10 + 4;

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
    // Text between bytes is put together first: one call that writes it costs less than many.
    let text = `*${args.length + 1}\r\n$${this.#name.length}\r\n${this.#name}\r\n`;
    let ascii = true;
    let length = 0;
    for (const arg of args) length += FRAME + (typeof arg === "object" ? arg.length : MOST_BYTES * lengthOf(arg));
    const bytes = Buffer.allocUnsafe(length + FRAME + FRAME + this.#name.length);
    let at = 0;
    for (const arg of args) {
      if (typeof arg === "object") {
        at += bytes.write(`${text}$${arg.length}\r\n`, at, ascii ? "latin1" : "utf8");
        bytes.set(arg, at);
        at += arg.length;
        text = "\r\n";
        ascii = true;
      } else if (typeof arg === "number") {
        const digits = String(arg);
        text += `$${digits.length}\r\n${digits}\r\n`;
      } else {
        const size = Buffer.byteLength(arg);
        text += `$${size}\r\n${arg}\r\n`;
        if (size !== arg.length) ascii = false;
      }
    }
    at += bytes.write(text, at, ascii ? "latin1" : "utf8");
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

function lengthOf(arg: string | number): number {
  return typeof arg === "string" ? arg.length : DIGITS;
}
