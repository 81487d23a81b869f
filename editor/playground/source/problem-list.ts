import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import { toRange } from "./editor/convert.js";
import { editor, type IRange, MarkerSeverity } from "./editor/monaco.js";
import type { Words } from "./words.js";

const SEVERITIES: Readonly<Record<DiagnosticSeverity, readonly [MarkerSeverity, string]>> = {
  [DiagnosticSeverity.Error]: [MarkerSeverity.Error, "error"],
  [DiagnosticSeverity.Warning]: [MarkerSeverity.Warning, "warning"],
  [DiagnosticSeverity.Information]: [MarkerSeverity.Info, "hint"],
  [DiagnosticSeverity.Hint]: [MarkerSeverity.Hint, "hint"],
};

/** Marks problems in the text and lists them below it. */
export class ProblemList {
  readonly #summary: HTMLElement;
  readonly #list: HTMLElement;
  readonly #words: Words;
  readonly #goTo: (range: IRange) => void;
  /** Nothing is known before the first compilation. */
  #problems: readonly Diagnostic[] | undefined;

  /** @param goTo is called with the place of a problem that is chosen. */
  constructor(summary: HTMLElement, list: HTMLElement, words: Words, goTo: (range: IRange) => void) {
    this.#summary = summary;
    this.#list = list;
    this.#words = words;
    this.#goTo = goTo;
  }

  show(model: editor.ITextModel, problems: readonly Diagnostic[]): void {
    this.#problems = problems;
    editor.setModelMarkers(
      model,
      "hetuc",
      problems.map((problem) => markerOf(problem, model)),
    );
    this.#list.replaceChildren(...problems.map((problem) => this.#item(problem)));
    this.tell();
  }

  /** Says how many there are, in the language of now. */
  tell(): void {
    if (this.#problems === undefined) return;
    const count = this.#problems.length;
    const text = this.#words.of(count === 0 ? "noProblems" : count === 1 ? "oneProblem" : "manyProblems", { count });
    if (this.#summary.textContent !== text) this.#summary.textContent = text;
  }

  #item({ range, message, code = "", severity = DiagnosticSeverity.Error }: Diagnostic): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = SEVERITIES[severity][1];
    const place = document.createElement("code");
    place.textContent = `${range.start.line + 1}:${range.start.character + 1} ${String(code)}`;
    button.append(place, ` ${plain(message)}`);
    button.addEventListener("click", () => this.#goTo(toRange(range)));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }
}

function markerOf(problem: Diagnostic, model: editor.ITextModel): editor.IMarkerData {
  const { range, message, code = "", source, severity = DiagnosticSeverity.Error, relatedInformation = [] } = problem;
  return {
    ...toRange(range),
    message: plain(message),
    code: String(code),
    severity: SEVERITIES[severity][0],
    ...(source === undefined ? {} : { source }),
    relatedInformation: relatedInformation.map((each) => ({
      resource: model.uri,
      message: each.message,
      ...toRange(each.location.range),
    })),
  };
}

function plain(message: Diagnostic["message"]): string {
  return typeof message === "string" ? message : message.value;
}
