import { register } from "node:module";
import type { CodeVersion } from "../ops/worker-requests.js";
import type { Log } from "../server/log.js";
import { Deadline } from "../server/deadline.js";
import { importEntry, type LoadedCode } from "./entry.js";
import { VERSION_PARAMETER } from "./fresh-modules.js";

/** What a `dispose` of the user's code may take, in milliseconds. */
const DISPOSE_WITHIN = 10_000;

let hooked = false;

/** As `importEntry`; what a version of a JavaScript entry imports of its own project is fresh, too. */
export function importFresh(url: string, entry: string): Promise<LoadedCode> {
  if (!hooked && url.includes(`?${VERSION_PARAMETER}=`)) {
    hooked = true;
    register(new URL("./fresh-modules.js", import.meta.url));
  }
  return importEntry(url, entry);
}

/** The code of one version in this process. */
export interface LoadedVersion {
  readonly number: number;
  /** In the order of the version's modules. */
  readonly codes: readonly { readonly instance: string | undefined; readonly code: LoadedCode }[];
}

/** @throws as `importEntry`; what was loaded until then is disposed of. */
export async function loadVersion({ number, modules }: CodeVersion, log: Log): Promise<LoadedVersion> {
  const codes: { readonly instance: string | undefined; readonly code: LoadedCode }[] = [];
  try {
    for (const { instance, entry, url } of modules) codes.push({ instance, code: await importFresh(url, entry) });
  } catch (error) {
    await disposeOf({ number, codes }, log);
    throw error;
  }
  return { number, codes };
}

/** Calls the `dispose` hooks of code that will not be called any more. Does not throw. */
export async function disposeOf({ codes }: LoadedVersion, log: Log): Promise<void> {
  const deadline = new Deadline(DISPOSE_WITHIN);
  for (const { code } of codes) {
    if (code.dispose === undefined) continue;
    const disposed = Promise.resolve().then(code.dispose);
    disposed.catch((error: unknown) => log.error({ err: error }, "dispose() of the old code has failed"));
    if (!(await deadline.within(disposed))) {
      log.warn({ deadline: DISPOSE_WITHIN }, "dispose() of the old code still runs at the deadline and is left behind");
    }
  }
}
