import type { VectorFile } from "../vector-file.js";
import { callScripts } from "./calls.js";
import { Dialect } from "./dialect.js";
import { fallbackScripts, linkScripts } from "./links.js";
import { liveScripts } from "./live.js";
import { resumeScripts } from "./resume.js";
import { schemaScripts } from "./schemas.js";
import type { Script } from "./script.js";

type Scripts = Readonly<Record<string, (dialect: Dialect) => Script>>;

const ABOUT =
  " Each step says what is done to the client and, in `then`, all that must be seen of it until the next one. " +
  "Nothing else may be seen. Random parts of waits are one half.";

/** `session/*.json`: written by hand, and encoded here. */
export function sessions(): ReadonlyMap<string, VectorFile> {
  return new Map([
    ["session/calls.json", file("Calls and their outcomes.", callScripts, "hetu.1", "hetu.2")],
    ["session/links.json", file("Links that break, and what follows.", linkScripts, "hetu.1", "hetu.2")],
    ["session/live.json", file("Live queries across everything.", liveScripts, "hetu.1", "hetu.2")],
    ["session/fallback.json", file("Clients that may speak both protocols.", fallbackScripts, "hetu.1")],
    ["session/resume.json", file("Sessions that are resumed, or not.", resumeScripts, "hetu.2")],
    ["session/schemas.json", file("Servers with another schema.", schemaScripts, "hetu.2")],
  ]);
}

function file(about: string, scripts: Scripts, ...protocols: readonly ("hetu.1" | "hetu.2")[]): VectorFile {
  const cases = protocols.flatMap((protocol) =>
    Object.entries(scripts).map(([name, write]) => ({
      name: protocols.length === 1 ? name : `${protocol}: ${name}`,
      ...write(new Dialect(protocol)).content,
    })),
  );
  return { kind: "session", about: about + ABOUT, cases };
}
