import { readScript } from "../script.js";

/** Each says in its header what it takes and returns. */
export const JOIN = readScript("registry-join");
export const BEAT = readScript("registry-beat");
export const CLAIM = readScript("registry-claim");
export const FREE = readScript("registry-free");
export const RELEASE = readScript("registry-release");
export const CONDEMN = readScript("registry-condemn");
export const LIVE = readScript("registry-live", { readOnly: true });
export const START = readScript("registry-start");
export const PHASE = readScript("registry-phase");
export const CATALOGUE = readScript("registry-catalogue");
export const CATALOGUE_READ = readScript("catalogue-read", { readOnly: true });
export const INFO = readScript("server-info", { readOnly: true });
export const MEMORY_USAGE = readScript("memory-usage", { readOnly: true });
export const UPGRADE_BEGIN = readScript("upgrade-begin");
export const UPGRADE_NOTE = readScript("upgrade-note");
export const UPGRADE_PARTITION = readScript("upgrade-partition");
export const UPGRADE_WRITE = readScript("upgrade-write");
