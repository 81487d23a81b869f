import { createHash } from "node:crypto";
import type { Script } from "../../../../runtime/store/redis/script.js";

/** A script of a test. */
export function scriptOf(source: string): Script {
  return {
    name: "of a test",
    source,
    digest: createHash("sha1").update(source).digest("hex"),
    readOnly: false,
  };
}
