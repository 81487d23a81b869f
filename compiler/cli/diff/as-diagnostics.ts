import { type Change, worstEffect } from "../../diff/change.js";
import { allRows, rowName } from "../../diff/registry.js";
import type { Diagnostic, Severity } from "../../diagnostics/diagnostic.js";
import { SourceFile } from "../../source/source-file.js";
import { span } from "../../source/span.js";
import type { PlacedChange } from "./compare.js";

/**
 * Changes as the printers of diagnostics take them; the kind is the code.
 *
 * @param fails whether a change is an error. Others are warnings, harmless ones hints.
 * @param model path of what is compared where that is no sources.
 */
export function asDiagnostics(
  changes: readonly PlacedChange[],
  fails: (change: Change) => boolean,
  model = "schema.json",
): readonly Diagnostic[] {
  const nowhere = new SourceFile(model, "");
  return changes.map(({ change, span: place }) => ({
    code: change.kind,
    severity: severityOf(change, fails(change)),
    message: `${change.subject}: ${change.message} (${change.effects.join(", ")})`,
    span: place ?? span(nowhere, 0, 0),
    help: `${change.why}\n${change.help}\nto accept it: --accept ${change.id}`,
  }));
}

function severityOf(change: Change, fails: boolean): Severity {
  if (fails) return "error";
  return worstEffect(change) === "safe" ? "hint" : "warning";
}

/** What a kind of change means: its rows in docs/compatibility.md. `undefined`: it is none. */
export function meaningOf(kind: string): string | undefined {
  const rows = allRows.filter((row) => row.kind === kind);
  if (rows.length === 0) return undefined;
  return rows.map((row) => `${rowName(row)} (${row.effects.join(", ")}): ${row.why}`).join(" ");
}
