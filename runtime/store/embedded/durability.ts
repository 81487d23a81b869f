import { existsSync } from "node:fs";

/**
 * `commit`: survives the death of the process. `flush`: also that of the machine. Apart from the module that writes,
 * so that the types of the package do not lead to those of LMDB.
 */
export type Durability = "commit" | "flush";

/**
 * What has to be waited for to keep the promise. When it opens, LMDB takes the last committed transaction only if it
 * can tell that the machine has not started anew since, and the last flushed one otherwise; on a platform that has no
 * way to tell, only a flush survives even the death of the process.
 */
export function durabilityHere(wanted: Durability, platform: NodeJS.Platform = process.platform): Durability {
  switch (platform) {
    case "darwin":
    case "win32":
      return wanted;
    case "linux":
      return existsSync("/proc/sys/kernel/random/boot_id") ? wanted : "flush";
    default:
      return "flush";
  }
}
