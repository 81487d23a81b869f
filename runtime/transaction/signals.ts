import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { RejectCode } from "./contract.js";

/**
 * Thrown by `ctx.reject` and `ctx.abort`: rolls back and answers the caller. It has no stack trace, because it is an
 * answer rather than a fault, and capturing one would cost more than the rest of a rejected call.
 */
export class CallRejection extends Error {
  override readonly name = "CallRejection";

  /** @param fields As MessagePack. */
  constructor(
    readonly code: RejectCode | (string & {}),
    readonly fields: Uint8Array | undefined,
  ) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(`rejected with ${code}`);
    Error.stackTraceLimit = limit;
  }
}

/** Thrown by `ctx.commit` when the transaction has to run again. */
export class ConflictSignal extends Error {
  override readonly name = "ConflictSignal";

  constructor(readonly table: string) {
    super(`a concurrent transaction has changed ${table}; this one runs again`);
  }
}

/** `{ reason }`, the fields of a built-in code. */
export function reasonFields(reason: string): Uint8Array {
  const writer = new MessagePackWriter();
  writer.mapHeader(1);
  writer.string("reason");
  writer.string(reason);
  return writer.finish();
}
