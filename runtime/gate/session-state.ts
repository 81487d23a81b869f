import type { ConnectionRecord } from "../transaction/connection-record.js";
import type { RateLimits } from "./rate-limits.js";
import { SessionHistory } from "./session-history.js";

/** What a connection keeps when its client comes back over another link. */
export class SessionState {
  caller: bigint | undefined = undefined;
  group: string | undefined = undefined;
  session: Record<string, unknown> = {};
  history = new SessionHistory();
  /** Given where other processes may go on with the connection. */
  record: ConnectionRecord | undefined = undefined;
  /** By number of the store: the position of the login, or where the connection came here. Kicks before it are over. */
  readonly kickedBehind: number[] = [];

  constructor(
    readonly connection: bigint,
    public limits: RateLimits,
  ) {}
}
