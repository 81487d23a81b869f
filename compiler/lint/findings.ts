import { badIgnore } from "../diagnostics/codes/lint.js";
import { quote } from "../diagnostics/define.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import { type SourceFile } from "../source/source-file.js";
import { type Span, span } from "../source/span.js";
import { type IgnoreComment, ignoreCommentsIn } from "./ignore-comments.js";
import type { LintSettings } from "./settings.js";

/** A finding, and what it is about. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly names: readonly string[];
}

/** What is looked at. */
export interface Scope {
  /** Every file that a finding may be in. */
  readonly files: readonly SourceFile[];
  readonly settings: LintSettings;
  /** hetu.json, for what is wrong with its list. */
  readonly configFile: SourceFile | undefined;
  /** The codes of the rules that ran. */
  readonly ran: ReadonlySet<string>;
}

/** The findings that are left, with what is wrong with the comments and the list that switch off others. */
export function withoutIgnored(findings: readonly Finding[], scope: Scope): readonly Diagnostic[] {
  const comments = scope.files.flatMap(ignoreCommentsIn);
  const used = new Set<object>();
  const left = findings.filter(({ diagnostic, names }) => {
    const { code } = diagnostic;
    const reasons: object[] = [
      ...comments.filter((comment) => comment.codes.includes(code) && holdsFor(comment, diagnostic.span)),
      ...scope.settings.ignore.filter((each) => each.code === code && names.some((name) => isNamed(name, each.name))),
    ];
    for (const reason of reasons) used.add(reason);
    return reasons.length === 0;
  });
  return [
    ...left.map(({ diagnostic }) => diagnostic),
    ...comments.flatMap((comment) => problemsOf(comment, used.has(comment), scope)),
    ...scope.settings.ignore
      .filter((each) => scope.ran.has(each.code) && !used.has(each))
      .map(({ code, name }) => {
        const problem = `\`lint.ignore\` switches off ${code} of ${quote(name)}, which is not found`;
        return diagnose(badIgnore, { problem }, placeOf(name, scope.configFile));
      }),
  ];
}

function holdsFor(comment: IgnoreComment, { file, start }: Span): boolean {
  const line = file.lineOf(start);
  return comment.span.file.path === file.path && comment.from <= line && line <= comment.to;
}

function isNamed(name: string, by: string): boolean {
  return name === by || name.endsWith(`.${by}`);
}

function problemsOf({ codes, why, span: place }: IgnoreComment, used: boolean, { ran }: Scope): readonly Diagnostic[] {
  const problem =
    codes.length === 0
      ? "the comment names no code"
      : why === ""
        ? `the comment switches off ${codes.join(", ")} and does not say why`
        : !used && codes.every((code) => ran.has(code))
          ? `the comment switches off ${codes.join(", ")}, which is not found here`
          : undefined;
  return problem === undefined ? [] : [diagnose(badIgnore, { problem }, place)];
}

function placeOf(name: string, file: SourceFile | undefined): Span {
  if (file === undefined) throw new Error("a list without a file");
  const at = file.text.indexOf(JSON.stringify(name));
  return at === -1 ? span(file, 0, 0) : span(file, at, at + JSON.stringify(name).length);
}
