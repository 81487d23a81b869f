import {
  encodeMessage,
  readServerFrame,
  writeCall,
  writeClockRequest,
  writeOnce,
  writeSubscribe,
  writeUnsubscribe,
  type WireRow,
} from "../wire.js";
import { asHetu1 } from "./hetu1-values.js";
import type { PageRequest, Protocol, RowChanges, ServerMessage, SubscriptionId, WireQuery } from "./protocol.js";

/** Answered by a text frame outside of the order of answers, by every server of hetu.1. */
const SIGN_OF_LIFE = encodeMessage(["motd"]);

/** HeTu's own protocol: everything by name, no session that outlives its link. */
export class Hetu1 implements Protocol {
  readonly name = "hetu.1";
  readonly hasPages = false;
  readonly time = undefined;
  readonly resumed = false;
  readonly token = undefined;
  readonly position = undefined;

  hello(): undefined {
    return undefined;
  }

  writeCall(name: string, args: Uint8Array, count: number): Uint8Array {
    return writeCall(name, asHetu1(args), count);
  }

  writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array {
    return writeOnce(id, name, asHetu1(args), count);
  }

  writeSubscribe({ component, index, left, right, limit, desc }: WireQuery): Uint8Array {
    return writeSubscribe({ kind: "range", table: component, index, left, right, limit, desc, force: true });
  }

  writeUnsubscribe(subscription: SubscriptionId): Uint8Array {
    return writeUnsubscribe(String(subscription));
  }

  writeRead({ component, index }: PageRequest): never {
    throw new Error(`hetu.1 cannot read ${component} by ${index} once`);
  }

  writeClockRequest(): Uint8Array {
    return writeClockRequest();
  }

  signOfLife(): Uint8Array {
    return SIGN_OF_LIFE;
  }

  eventProblem(): undefined {
    return undefined;
  }

  read(bytes: Uint8Array): readonly [ServerMessage] {
    const frame = readServerFrame(bytes);
    switch (frame.kind) {
      case "rsp":
        return [{ kind: "result", value: frame.value }];
      case "rej":
        return [{ kind: "rejected", code: frame.code, fields: frame.fields }];
      case "err":
        return [{ kind: "failed", reason: frame.reason }];
      case "sub":
        return frame.subscription === undefined
          ? [{ kind: "refused", code: undefined, reason: undefined }]
          : [{ kind: "subscribed", subscription: frame.subscription, rows: frame.rows }];
      case "updt":
        return [{ kind: "updated", updates: [{ subscription: frame.subscription, changes: changesOf(frame.rows) }] }];
      case "evt":
        return [{ kind: "event", name: frame.name, value: frame.value }];
      case "clock":
        return [{ kind: "clock", time: frame.time }];
      case "other":
        return [{ kind: "other" }];
    }
  }
}

function changesOf(changes: ReadonlyMap<bigint, WireRow | undefined>): RowChanges {
  const rows: WireRow[] = [];
  const gone: bigint[] = [];
  for (const [id, row] of changes) {
    if (row === undefined) gone.push(id);
    else rows.push(row);
  }
  return { rows, patches: [], gone };
}
