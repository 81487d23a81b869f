import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { RejectCode } from "./contract.js";

/** Thrown by `ctx.reject` and `ctx.abort`: rolls back and answers the caller. */
export class CallRejection extends Error {
  override readonly name = "CallRejection";

  /** @param fields As MessagePack. */
  constructor(
    readonly code: RejectCode | (string & {}),
    readonly fields: Uint8Array | undefined,
  ) {
    super(`rejected with ${code}`);
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
