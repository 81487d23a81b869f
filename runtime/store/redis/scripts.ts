import { readScript } from "./script.js";

/** Each says in its header what it takes and returns. */
export const LOOKUP = readScript("lookup", { readOnly: true });
export const RANGE = readScript("range", { readOnly: true });
export const COMMIT = readScript("commit");
export const REGISTER_WRITER = readScript("register-writer");
export const FENCE_WRITER = readScript("fence-writer");
export const CLEAR = readScript("clear");
