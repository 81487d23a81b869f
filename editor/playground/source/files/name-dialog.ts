import { pathProblem } from "../../../../compiler/playground/schema-texts.js";
import { element } from "../elements.js";
import type { Words } from "../words.js";

/** Asks for the path of a file. */
export class NameDialog {
  readonly #dialog = element("name-dialog", HTMLDialogElement);
  readonly #title = element("name-title", HTMLElement);
  readonly #input = element("name", HTMLInputElement);
  readonly #problem = element("name-problem", HTMLElement);
  readonly #words: Words;
  #taken: readonly string[] = [];
  /** Of the path to start from, with its `/`. */
  #folder = "";
  #use: (path: string) => void = () => undefined;

  constructor(words: Words) {
    this.#words = words;
    element("name-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const path = this.#path;
      if (!this.#check()) return;
      this.#dialog.close();
      this.#use(path);
    });
    this.#input.addEventListener("input", () => {
      // What is being written is not yet wrong; what was wrong may be right now.
      if (!this.#problem.hidden) this.#check();
    });
    element("name-cancel", HTMLButtonElement).addEventListener("click", () => this.#dialog.close());
  }

  /**
   * @param path to start from, without its ending selected.
   * @param taken by other files.
   * @param use is given the path, unless the dialog is left.
   */
  ask(title: "newFile" | "renameFile", path: string, taken: readonly string[], use: (path: string) => void): void {
    this.#taken = taken;
    this.#use = use;
    const start = path.lastIndexOf("/") + 1;
    this.#folder = path.slice(0, start);
    this.#title.textContent = this.#words.of(title);
    this.#input.value = path;
    this.#tell("");
    this.#dialog.showModal();
    this.#input.setSelectionRange(start, path.endsWith(".hetu") ? path.length - ".hetu".length : path.length);
  }

  /** With the ending and the folder, which nobody needs to write; `./` is for a file in none. */
  get #path(): string {
    const text = this.#input.value.trim();
    if (text === "") return text;
    const path = text.includes("/") ? text.replace(/^\.\//, "") : this.#folder + text;
    return path.endsWith(".hetu") ? path : `${path}.hetu`;
  }

  #check(): boolean {
    const path = this.#path;
    const problem = this.#taken.includes(path) ? "pathTaken" : (pathProblem(path) ?? "");
    this.#tell(problem === "" ? "" : this.#words.of(problem === "pathTaken" ? "pathTaken" : "pathWrong", { path }));
    return problem === "";
  }

  #tell(problem: string): void {
    this.#problem.hidden = problem === "";
    this.#problem.textContent = problem;
    this.#input.setAttribute("aria-invalid", String(problem !== ""));
  }
}
