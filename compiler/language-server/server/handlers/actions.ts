import type { HandlerGroup } from "./handler.js";

/** What an editor offers to change. */
export const actions: HandlerGroup = () => ({});
