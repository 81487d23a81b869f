import { allCodes, type CodeInfo, findCode, lintCodes } from "../../diagnostics/registry.js";
import { nearestWord } from "../../syntax/nearest-word.js";
import { ExitCode } from "../exit-code.js";
import type { CommandContext } from "../command-context.js";
import { styled } from "../terminal.js";
import { UsageError } from "../usage-error.js";

const codes = [...allCodes, ...lintCodes];

/**
 * Prints the page of a code, or the list of all codes.
 *
 * @throws UsageError when there is no such code.
 */
export function explain({ terminal }: CommandContext, code: string | undefined, json: boolean): ExitCode {
  const { out, env } = terminal;
  if (code === undefined) {
    out.write(json ? `${JSON.stringify(codes, null, 2)}\n` : codes.map(listLine).join(""));
    return ExitCode.ok;
  }
  const info = findCode(code);
  if (info === undefined) {
    const meant = nearestWord(
      code.toUpperCase(),
      codes.map((known) => known.code),
    );
    throw new UsageError(
      `there is no diagnostic \`${code}\``,
      meant === undefined
        ? "`hetuc explain` lists all codes"
        : `did you mean \`${meant}\`? \`hetuc explain\` lists all codes`,
    );
  }
  out.write(json ? `${JSON.stringify(info, null, 2)}\n` : page(info, (text) => styled("bold", text, out, env)));
  return ExitCode.ok;
}

function listLine({ code, severity, page: { meaning } }: CodeInfo): string {
  return `${code}  ${severity.padEnd(7)}  ${firstSentence(meaning)}\n`;
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /^.*?[.:](?= |$)/.exec(line)?.[0].slice(0, -1) ?? line;
}

function page(
  { code, severity, page: { meaning, wrong, right } }: CodeInfo,
  heading: (text: string) => string,
): string {
  return [
    heading(`${code} (${severity})`),
    "",
    meaning.trim(),
    "",
    heading("Wrong"),
    "",
    example(wrong),
    "",
    heading("Right"),
    "",
    example(right),
    "",
  ].join("\n");
}

/** One source text, or several files one after the other, indented. */
function example(source: string | readonly string[]): string {
  const files = typeof source === "string" ? [source] : source;
  return files.map(indented).join("\n\n    // and in another file\n\n");
}

function indented(text: string): string {
  return text.replace(/^\n+|\s+$/g, "").replace(/^(?=.)/gm, "    ");
}
