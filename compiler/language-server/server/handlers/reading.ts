import type { HandlerGroup } from "./handler.js";

/** What helps to read and to move: definitions, references, renames, colours, folds. */
export const reading: HandlerGroup = () => ({});
