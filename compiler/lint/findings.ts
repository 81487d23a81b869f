import { badIgnore } from "../diagnostics/codes/lint.js";
import { quote } from "../diagnostics/define.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import { findCode, lintCodes } from "../diagnostics/registry.js";
import { type SourceFile } from "../source/source-file.js";
import { type Span, span } from "../source/span.js";
import { nearestWord } from "../syntax/nearest-word.js";
import { IGNORE, type IgnoreComment, ignoreCommentsIn } from "./ignore-comments.js";
import type { LintSettings } from "./settings.js";

/** A finding, and what it is about. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly names: readonly string[];
}

/** What is looked at. */
export interface Scope {
  /** Every file that a finding may be in, with the places of its declarations when it is a schema. */
  readonly files: readonly { readonly file: SourceFile; readonly declarations?: readonly Span[] }[];
  readonly settings: LintSettings;
  /** hetu.json, for what is wrong with its list. */
  readonly configFile: SourceFile | undefined;
  /** The codes of the rules that ran. */
  readonly ran: ReadonlySet<string>;
}

/** The findings that are left, with what is wrong with the comments and the list that switch off others. */
export function withoutIgnored(findings: readonly Finding[], scope: Scope): readonly Diagnostic[] {
  const comments = scope.files.flatMap(({ file, declarations }) => ignoreCommentsIn(file, declarations));
  const byPath = new Map<string, IgnoreComment[]>();
  for (const each of comments) byPath.set(each.span.file.path, [...(byPath.get(each.span.file.path) ?? []), each]);
  const used = new Map<object, Set<string>>();
  const left = findings.filter(({ diagnostic, names }) => {
    const { code, span: place } = diagnostic;
    const reasons: object[] = [
      ...(byPath.get(place.file.path) ?? []).filter((each) => isRight(each) && holdsFor(each, code, place)),
      ...scope.settings.ignore.filter((each) => each.code === code && names.some((name) => isNamed(name, each.name))),
    ];
    for (const reason of reasons) used.set(reason, (used.get(reason) ?? new Set()).add(code));
    return reasons.length === 0;
  });
  return [
    ...oncePerPlace(left.map(({ diagnostic }) => diagnostic)),
    ...comments.flatMap((each) => problemsOf(each, used.get(each) ?? NONE, scope)),
    ...scope.settings.ignore
      .filter((each) => scope.ran.has(each.code) && !used.has(each))
      .map(({ code, name }) => {
        const problem = `\`lint.ignore\` switches off ${code} of ${quote(name)}, which is not found`;
        return diagnose(badIgnore, { problem, comment: undefined }, placeOf(name, scope.configFile));
      }),
  ];
}

const NONE: ReadonlySet<string> = new Set();
const KNOWN: ReadonlySet<string> = new Set(lintCodes.map(({ code }) => code));

/** What several systems share is told of the first of them. */
function oncePerPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, span: { file, start, end } }) => {
    const key = `${code} ${start} ${end} ${file.path}`;
    return !seen.has(key) && seen.add(key);
  });
}

function isRight({ keyword }: IgnoreComment): boolean {
  return keyword.toLowerCase() === IGNORE;
}

function holdsFor({ codes, from, to }: IgnoreComment, code: string, { file, start }: Span): boolean {
  const line = file.lineOf(start);
  return codes.includes(code) && from <= line && line <= to;
}

function isNamed(name: string, by: string): boolean {
  return name === by || name.endsWith(`.${by}`);
}

function problemsOf(comment: IgnoreComment, used: ReadonlySet<string>, { ran }: Scope): readonly Diagnostic[] {
  const { codes, why, keyword, span: place } = comment;
  const known = codes.filter((code) => KNOWN.has(code));
  const right = `// ${IGNORE} ${known.length > 0 ? known.join(", ") : "HT8003"}: why it is right here`;
  if (!isRight(comment)) {
    // A heading, or a word about the command.
    if (codes.length === 0) return [];
    const problem = `${quote(keyword)} switches off nothing; it is ${quote(IGNORE)}`;
    return [diagnose(badIgnore, { problem, comment: right }, place)];
  }
  const unknown = codes.filter((code) => !KNOWN.has(code));
  const unused = codes.filter((code) => ran.has(code) && !used.has(code));
  const problems = [
    codes.length === 0 ? "the comment names no code" : undefined,
    unknown.length > 0 ? unknown.map(noSuchRule).join("; ") : undefined,
    codes.length > 0 && why === "" ? `the comment switches off ${codes.join(", ")} and does not say why` : undefined,
    why !== "" && unused.length > 0
      ? `the comment switches off ${unused.join(", ")}, which is not found here`
      : undefined,
  ];
  return problems
    .filter((each) => each !== undefined)
    .map((problem) => diagnose(badIgnore, { problem, comment: right }, place));
}

function noSuchRule(code: string): string {
  if (findCode(code) !== undefined) return `${code} is told by \`hetuc check\`, and no comment switches it off`;
  const meant = nearestWord(code, KNOWN);
  return `there is no rule ${code}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

function placeOf(name: string, file: SourceFile | undefined): Span {
  if (file === undefined) throw new Error("a list without a file");
  const text = JSON.stringify(name);
  const at = file.text.indexOf(text, Math.max(0, file.text.indexOf('"ignore"')));
  return at === -1 ? span(file, 0, 0) : span(file, at, at + text.length);
}
