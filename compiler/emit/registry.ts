import { clientCsharp } from "./client-csharp/index.js";
import { clientJs } from "./client-js/index.js";
import { clientTs } from "./client-ts/index.js";
import { schemaJson } from "./schema-json/index.js";
import { serverTs } from "./server-ts/index.js";
import type { Target } from "./target.js";

/** Every output of `hetuc build`, in the order in which they are listed and written. A new target is one line here. */
export const targets: readonly Target[] = [serverTs, clientTs, clientJs, clientCsharp, schemaJson];
