import { effects, worstEffect } from "../../diff/change.js";
import type { PlacedChange } from "./compare.js";
import { subjectText } from "./print-text.js";

/** A table for a comment on a pull request. Harmless changes are folded away. */
export function printMarkdown(
  changes: readonly PlacedChange[],
  { old, now }: { readonly old: string; readonly now: string },
): string {
  const title = `### Schema: ${cell(old)} → ${cell(now)}`;
  if (changes.length === 0) return `${title}\n\nNo difference.\n`;
  const harmful = [...effects]
    .reverse()
    .flatMap((effect) => (effect === "safe" ? [] : changes.filter(({ change }) => worstEffect(change) === effect)));
  const harmless = changes.filter(({ change }) => worstEffect(change) === "safe");
  const table =
    harmful.length === 0
      ? ["Nothing that clients or stored data would notice."]
      : [
          "| change | effect | why | what to do |",
          "|---|---|---|---|",
          ...harmful.map(({ change, span }) => {
            const place = span === undefined ? "" : `<br>${span.file.path}:${span.file.position(span.start).line}`;
            const what = `**${cell(subjectText(change))}**: ${cell(change.message)}${cell(place)}`;
            return `| ${what} | ${change.effects.join(", ")} | ${cell(change.why)} | ${cell(change.help)} |`;
          }),
        ];
  const rest =
    harmless.length === 0
      ? []
      : [
          "",
          `<details><summary>${harmless.length} safe</summary>`,
          "",
          ...harmless.map(({ change }) => `- ${cell(subjectText(change))}: ${cell(change.message)}`),
          "",
          "</details>",
        ];
  return `${[title, "", ...table, ...rest].join("\n")}\n`;
}

/** Attributes become code: GitHub would tell the user called `was` of a bare `@was`. */
function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("\n", " ")
    .replaceAll(/(?<!`)@\w+(?:\([^()]*\))?/g, "`$&`");
}
