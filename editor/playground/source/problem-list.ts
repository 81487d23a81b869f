import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import { toRange, uriOf } from "./editor/convert.js";
import { editor, type IRange, MarkerSeverity } from "./editor/monaco.js";
import type { Mark } from "./files/file-tabs.js";
import type { Words } from "./words.js";
import type { FileProblems } from "./worker/schema-compiler.js";

const SEVERITIES: Readonly<Record<DiagnosticSeverity, readonly [MarkerSeverity, string]>> = {
  [DiagnosticSeverity.Error]: [MarkerSeverity.Error, "error"],
  [DiagnosticSeverity.Warning]: [MarkerSeverity.Warning, "warning"],
  [DiagnosticSeverity.Information]: [MarkerSeverity.Info, "hint"],
  [DiagnosticSeverity.Hint]: [MarkerSeverity.Hint, "hint"],
};

/** Problems that are listed; nobody reads more, and a page with tens of thousands of buttons stands still. */
const LISTED_MAX = 200;

/** Marks problems in the texts and lists them below, errors first. */
export class ProblemList {
  readonly #summary: HTMLElement;
  readonly #list: HTMLElement;
  readonly #words: Words;
  readonly #goTo: (path: string, range: IRange) => void;
  /** Nothing is known before the first compilation. */
  #count: number | undefined;

  /** @param goTo is called with the place of a problem that is chosen. */
  constructor(summary: HTMLElement, list: HTMLElement, words: Words, goTo: (path: string, range: IRange) => void) {
    this.#summary = summary;
    this.#list = list;
    this.#words = words;
    this.#goTo = goTo;
  }

  /** @returns the worst of each file that has problems. */
  show(files: readonly FileProblems[]): ReadonlyMap<string, Mark> {
    const all = files
      .flatMap(([path, problems]) => problems.map((problem) => [path, problem] as const))
      .sort(([, a], [, b]) => (a.severity ?? DiagnosticSeverity.Error) - (b.severity ?? DiagnosticSeverity.Error));
    for (const [path, problems] of files) {
      const model = editor.getModel(uriOf(path));
      if (model !== null) editor.setModelMarkers(model, "hetuc", problems.map(markerOf));
    }
    const items = all.slice(0, LISTED_MAX).map(([path, problem]) => this.#item(path, problem, files.length > 1));
    this.#list.replaceChildren(...items);
    this.#count = all.length;
    this.tell();
    return new Map(files.map(([path, problems]) => [path, worstOf(problems)]));
  }

  /** Says how many there are, in the language of now. */
  tell(): void {
    const count = this.#count;
    if (count === undefined) return;
    const word =
      count === 0 ? "noProblems" : count === 1 ? "oneProblem" : count > LISTED_MAX ? "tooManyProblems" : "manyProblems";
    const text = this.#words.of(word, { count, listed: LISTED_MAX });
    if (this.#summary.textContent !== text) this.#summary.textContent = text;
  }

  #item(path: string, problem: Diagnostic, namesFile: boolean): HTMLElement {
    const { range, message, code = "", severity = DiagnosticSeverity.Error } = problem;
    const button = document.createElement("button");
    button.type = "button";
    button.className = SEVERITIES[severity][1];
    const place = document.createElement("code");
    const line = `${range.start.line + 1}:${range.start.character + 1}`;
    place.textContent = `${namesFile ? `${path}:` : ""}${line} ${String(code)}`;
    button.append(place, ` ${plain(message)}`);
    button.addEventListener("click", () => this.#goTo(path, toRange(range)));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }
}

function worstOf(problems: readonly Diagnostic[]): Mark {
  if (problems.some(({ severity }) => severity === DiagnosticSeverity.Error)) return "error";
  return problems.some(({ severity }) => severity === DiagnosticSeverity.Warning) ? "warning" : "";
}

function markerOf(problem: Diagnostic): editor.IMarkerData {
  const { range, message, code = "", source, severity = DiagnosticSeverity.Error, relatedInformation = [] } = problem;
  return {
    ...toRange(range),
    message: plain(message),
    code: String(code),
    severity: SEVERITIES[severity][0],
    ...(source === undefined ? {} : { source }),
    relatedInformation: relatedInformation.map((each) => ({
      resource: uriOf(each.location.uri),
      message: each.message,
      ...toRange(each.location.range),
    })),
  };
}

function plain(message: Diagnostic["message"]): string {
  return typeof message === "string" ? message : message.value;
}
