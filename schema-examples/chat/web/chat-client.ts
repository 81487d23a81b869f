import type { connect } from "../../../generated/chat/client-ts/chat/index.js";

export type ChatClient = ReturnType<typeof connect>;

/** Somebody who has come in. */
export interface Session {
  readonly client: ChatClient;
  readonly me: bigint;
  /** Goes to a room, and back to it after a lost link. */
  readonly join: (room: bigint) => Promise<void>;
}
