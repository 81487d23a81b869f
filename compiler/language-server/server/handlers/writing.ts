import type { HandlerGroup } from "./handler.js";

/** What helps to write: completion, hover, signature help. */
export const writing: HandlerGroup = () => ({});
