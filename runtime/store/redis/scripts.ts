import { readScript } from "./script.js";

/** Each says in its header what it takes and returns. */
export const LOOKUP = readScript("lookup", { readOnly: true });
export const RANGE = readScript("range", { readOnly: true });
export const COMMIT = readScript("commit", { flags: "" });
/** The same, only validating: also where nothing can be written. */
export const VALIDATE = readScript("commit", { flags: "no-writes" });
/** The same where Redis is out of memory: for commits that only delete, but for their entry of the feed. */
export const COMMIT_DELETES = readScript("commit", { flags: "allow-oom" });
export const REGISTER_WRITER = readScript("register-writer");
export const FENCE_WRITER = readScript("fence-writer");
export const CLEAR = readScript("clear");
