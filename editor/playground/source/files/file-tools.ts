import { element } from "../elements.js";
import type { Notice } from "../notice.js";
import type { Words } from "../words.js";
import { FileTabs, type Mark } from "./file-tabs.js";
import { NameDialog } from "./name-dialog.js";
import { copy, save } from "./save.js";
import type { SchemaEditor } from "./schema-editor.js";
import { zipOf } from "./zip.js";

/** The bar above the text: the files, and what can be done with them. */
export class FileTools {
  readonly #schema: SchemaEditor;
  readonly #words: Words;
  readonly #notice: Notice;
  readonly #onChange: () => void;
  readonly #dialog: NameDialog;
  readonly #tabs: FileTabs;
  readonly #delete = element("delete-file", HTMLButtonElement);

  /** @param onChange is called when the user has added, renamed or removed a file. */
  constructor(schema: SchemaEditor, words: Words, notice: Notice, onChange: () => void) {
    this.#schema = schema;
    this.#words = words;
    this.#notice = notice;
    this.#onChange = onChange;
    this.#dialog = new NameDialog(words);
    const [list, panel] = [element("file-tabs", HTMLElement), element("schema", HTMLElement)];
    this.#tabs = new FileTabs(list, panel, words, {
      onShow: (path) => schema.show(path),
      onRename: () => this.#rename(),
      onRemove: () => this.#remove(),
    });
    element("new-file", HTMLButtonElement).addEventListener("click", () => this.#add());
    element("rename-file", HTMLButtonElement).addEventListener("click", () => this.#rename());
    this.#delete.addEventListener("click", () => this.#remove());
    element("copy-text", HTMLButtonElement).addEventListener("click", () => void this.#copy());
    element("download", HTMLButtonElement).addEventListener("click", () => this.#download());
  }

  /** Shows which files there are, and which is in front. */
  show(): void {
    this.#tabs.show(this.#schema.paths, this.#schema.shown);
    this.#delete.disabled = this.#schema.paths.length < 2;
  }

  /** @param marks the worst of each file. */
  mark(marks: ReadonlyMap<string, Mark>): void {
    this.#tabs.mark(marks);
  }

  #add(): void {
    const { paths, shown } = this.#schema;
    const folder = shown.slice(0, shown.lastIndexOf("/") + 1);
    let path = `${folder}new.hetu`;
    for (let number = 2; paths.includes(path); number += 1) path = `${folder}new${number}.hetu`;
    this.#dialog.ask("newFile", path, paths, (chosen) => {
      // Files of one schema mostly belong to one namespace.
      const namespace = /^\s*namespace\s+\w+/m.exec(this.#schema.text)?.[0].trim();
      this.#schema.add(chosen, namespace === undefined ? "" : `${namespace}\n\n`);
      this.#onChange();
      this.#schema.editor.setPosition({ lineNumber: 3, column: 1 });
      this.#schema.editor.focus();
    });
  }

  #rename(): void {
    const { paths, shown } = this.#schema;
    const others = paths.filter((path) => path !== shown);
    this.#dialog.ask("renameFile", shown, others, (chosen) => {
      if (chosen === shown) return;
      this.#schema.rename(shown, chosen);
      this.#onChange();
    });
  }

  #remove(): void {
    const { shown: path, text, paths } = this.#schema;
    if (paths.length < 2) return;
    this.#schema.remove(path);
    this.#onChange();
    const undo = (): void => {
      if (!this.#schema.paths.includes(path)) this.#schema.add(path, text);
      this.#onChange();
    };
    const words = this.#words.of("fileDeleted", { path });
    this.#notice.show(words, "said", { label: this.#words.of("undo"), run: undo });
  }

  async #copy(): Promise<void> {
    const { shown: path, text } = this.#schema;
    const copied = await copy(text);
    const words = copied ? this.#words.of("textCopied", { path }) : this.#words.of("copyFailed");
    this.#notice.show(words, copied ? "said" : "failed");
  }

  /** One file as it is, several as an archive with their folders. */
  #download(): void {
    const { files } = this.#schema;
    const [[path = "", text = ""] = []] = files;
    if (files.length > 1) save(zipOf(files), "schema.zip");
    else save(new Blob([text], { type: "text/plain" }), path.split("/").at(-1) ?? path);
  }
}
