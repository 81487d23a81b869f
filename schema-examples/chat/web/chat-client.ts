import type { connect } from "../../../generated/chat/client-ts/chat/index.js";

export type ChatClient = ReturnType<typeof connect>;
