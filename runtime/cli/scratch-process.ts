import { fork } from "node:child_process";
import type { CodeVersion } from "../ops/worker-requests.js";
import type { CodeLayout } from "../ops/code-layout.js";
import { EntryError } from "./entry.js";

/** What the process that loads new code answers. */
export type CheckResult =
  { readonly ok: true; readonly layouts: readonly CodeLayout[] } | { readonly ok: false; readonly reason: string };

/** What code may take to load, in milliseconds. */
const LOAD_WITHIN = 30_000;

/**
 * Loads code in a process that is thrown away.
 * @returns how it stores its tables.
 * @throws EntryError with the reason why it cannot be served.
 */
export function checkCode(version: CodeVersion): Promise<readonly CodeLayout[]> {
  return new Promise((resolve, reject) => {
    const program = new URL("./code-check.js", import.meta.url);
    const child = fork(program, [], {
      execArgv: [...process.execArgv, "--enable-source-maps"],
      serialization: "advanced",
      // What it prints while it loads is printed again by the workers.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const names = version.modules.map(({ entry }) => entry).join(", ");
    let result: CheckResult | undefined;
    const timer = setTimeout(() => {
      result ??= { ok: false, reason: `${names} has not been loaded after ${LOAD_WITHIN} ms` };
      child.kill("SIGKILL");
    }, LOAD_WITHIN);
    child.once("message", (message: CheckResult) => (result = message));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      if (result?.ok === true) resolve(result.layouts);
      else
        reject(
          new EntryError(
            result?.reason ??
              `${names} ended the process that loaded it (${signal ?? `exit code ${code ?? "unknown"}`})`,
          ),
        );
    });
    child.send(version);
  });
}
