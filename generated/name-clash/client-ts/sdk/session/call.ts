import { CallFailedError, CallRejectedError, OutcomeUnknownError } from "../errors.js";
import type { CallableSpec, ErrorSpec } from "../codec/specs.js";
import type { Protocol, ServerMessage } from "../protocol/protocol.js";
import type { Request } from "./request.js";

/** A call on its way from the application to its outcome. */
export class Call implements Request {
  readonly answer = "call";
  readonly spec: CallableSpec;
  readonly #args: Uint8Array;
  readonly #count: number;
  readonly #errors: ReadonlyMap<string, ErrorSpec>;
  readonly #newOnceId: () => Uint8Array;
  readonly #succeeded: () => void;
  readonly #resolve: (result: unknown) => void;
  readonly #reject: (error: unknown) => void;
  #onceId: Uint8Array | undefined;
  #wasSent = false;
  #settled = false;
  /** Whether it is sent again, with the same id, when the link drops before its answer. */
  sendAgain = false;
  /** Told once the outcome is known. */
  onSettled: () => void = () => undefined;

  constructor(
    spec: CallableSpec,
    args: { readonly bytes: Uint8Array; readonly count: number },
    context: {
      readonly errors: ReadonlyMap<string, ErrorSpec>;
      readonly newOnceId: () => Uint8Array;
      /** It has taken effect, also when the application has given it up. */
      readonly succeeded: () => void;
    },
    settle: { readonly resolve: (result: unknown) => void; readonly reject: (error: unknown) => void },
  ) {
    this.spec = spec;
    this.#args = args.bytes;
    this.#count = args.count;
    this.#errors = context.errors;
    this.#newOnceId = context.newOnceId;
    this.#succeeded = context.succeeded;
    this.#resolve = settle.resolve;
    this.#reject = settle.reject;
  }

  /** Whether it has been sent, on this link or an earlier one. */
  get wasSent(): boolean {
    return this.#wasSent;
  }

  get settled(): boolean {
    return this.#settled;
  }

  frame(protocol: Protocol): Uint8Array {
    if (!this.spec.once) return protocol.writeCall(this.spec.name, this.#args, this.#count);
    this.#onceId ??= this.#newOnceId();
    return protocol.writeOnce(this.#onceId, this.spec.name, this.#args, this.#count);
  }

  sent(): void {
    this.#wasSent = true;
  }

  /** A call that an earlier link has sent may have taken effect there. */
  unsendable(error: Error): void {
    if (this.#wasSent) this.outcomeUnknown("could not be sent again", error);
    else this.fail(error);
  }

  answered(message: ServerMessage): void {
    if (message.kind === "rejected") this.fail(this.#rejection(message.code, message.fields));
    else if (message.kind === "failed") this.fail(new CallFailedError(this.spec.name, message.reason));
    else if (message.kind === "result") {
      this.#succeed(message.value);
      this.#succeeded();
    }
  }

  /** The call is over as far as the application is concerned; an answer that still comes is ignored. */
  fail(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.onSettled();
    this.#reject(error);
  }

  /** The link dropped while the call was under way. */
  outcomeUnknown(why: string, cause?: unknown): void {
    this.fail(new OutcomeUnknownError(this.spec.name, why, cause));
  }

  #succeed(value: unknown): void {
    if (this.#settled) return;
    let result: unknown;
    try {
      result = this.spec.read(value);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#settled = true;
    this.onSettled();
    this.#resolve(result);
  }

  #rejection(code: string, fields: unknown): Error {
    try {
      const typed = this.#errors.get(code);
      if (typed !== undefined) return typed.read(this.spec.name, fields);
    } catch {
      // Fields of another version of the schema: the base class still has them as they came.
    }
    return new CallRejectedError(this.spec.name, code, fields);
  }
}
