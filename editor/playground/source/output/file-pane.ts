import { editor } from "../editor/monaco.js";
import type { OutputFile } from "../worker/schema-compiler.js";

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: "typescript",
  js: "javascript",
  json: "javascript",
  cs: "csharp",
};

/** Files to read: a list to choose one from, and its text. */
export class FilePane {
  readonly #select: HTMLSelectElement;
  readonly #editor: editor.IStandaloneCodeEditor;
  #files: readonly OutputFile[] = [];
  /** The file that was last chosen of each output, to be shown again when it is there again. */
  readonly #chosen = new Map<string, string>();
  #output = "";

  constructor(select: HTMLSelectElement, place: HTMLElement, options: editor.IStandaloneEditorConstructionOptions) {
    this.#select = select;
    this.#editor = editor.create(place, {
      ...options,
      value: "",
      language: "typescript",
      readOnly: true,
      domReadOnly: true,
      // Reading: the tab key leaves the text.
      tabFocusMode: true,
      folding: false,
      lineNumbers: "off",
      renderLineHighlight: "none",
      occurrencesHighlight: "off",
    });
    select.addEventListener("change", () => {
      this.#chosen.set(this.#output, select.value);
      this.#showFile();
    });
  }

  /** The text that is shown. */
  get text(): string {
    return this.#file?.content ?? "";
  }

  /** @param output what the files are of. */
  show(output: string, files: readonly OutputFile[]): void {
    this.#output = output;
    this.#files = files;
    const paths = files.map(({ path }) => path);
    if (paths.join("\n") !== [...this.#select.options].map(({ value }) => value).join("\n")) {
      this.#select.replaceChildren(...paths.map((path) => new Option(path, path)));
    }
    const chosen = this.#chosen.get(output);
    if (chosen !== undefined && paths.includes(chosen)) this.#select.value = chosen;
    this.#showFile();
  }

  get #file(): OutputFile | undefined {
    return this.#files.find(({ path }) => path === this.#select.value) ?? this.#files[0];
  }

  #showFile(): void {
    const model = this.#editor.getModel();
    const file = this.#file;
    if (model === null || file === undefined) return;
    editor.setModelLanguage(model, LANGUAGES[file.path.split(".").at(-1) ?? ""] ?? "plaintext");
    // The same text keeps its place on the screen.
    if (model.getValue() !== file.content) model.setValue(file.content);
  }
}
