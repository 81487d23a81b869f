import { type BuildOutcome, type FileChanges, noChanges } from "./builder.js";
import { diagnosticToJson, type JsonDiagnostic } from "../diagnostics/print/json.js";

/**
 * The line that `hetuc build --json` prints for each build. `hetu dev` and editors read it: keys may be added, never
 * changed.
 */
export interface BuildEvent {
  readonly event: "built" | "failed";
  /** `event` is `built`. */
  readonly ok: boolean;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly files: FileChanges;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** Why there was no build, when the reason is not in the schema: a wrong hetu.json, a file that cannot be read. */
  readonly error?: { readonly message: string; readonly help?: string };
}

export function buildEvent({ ok, diagnostics, files }: BuildOutcome, ms: number): BuildEvent {
  const { written, unchanged, removed } = files;
  return {
    event: ok ? "built" : "failed",
    ok,
    diagnostics: diagnostics.map(diagnosticToJson),
    files: { written, unchanged, removed },
    ms: Math.round(ms),
  };
}

export function failedEvent(message: string, help: string | undefined, ms: number): BuildEvent {
  const error = { message, ...(help === undefined ? {} : { help }) };
  return { event: "failed", ok: false, diagnostics: [], files: noChanges, ms: Math.round(ms), error };
}
