import { inOrder, type SchemaTexts } from "../../../../compiler/playground/schema-texts.js";
import { pathOf, toEmptyRange, uriOf } from "../editor/convert.js";
import { HETU } from "../editor/language.js";
import { editor, type IRange } from "../editor/monaco.js";
import type { CompilerLink } from "../worker/compiler-link.js";

export interface SchemaEditorEvents {
  /** The text of a file has changed. */
  readonly onText: () => void;
  /** There are other files, or another one is in front. */
  readonly onFiles: () => void;
}

interface OpenFile {
  /** As it came, until there is a model. */
  readonly text: string;
  /** Made when the file is first shown or changed: each one costs the editor more than its text. */
  model?: editor.ITextModel;
  /** Cursor and place on the screen when it was last in front. */
  view: editor.ICodeEditorViewState | null;
}

/** The files of the schema, one of them in the editor. The compiler is told of every change. */
export class SchemaEditor {
  readonly editor: editor.IStandaloneCodeEditor;
  readonly #compiler: CompilerLink;
  readonly #events: SchemaEditorEvents;
  readonly #files = new Map<string, OpenFile>();
  #shown = "";
  #isStored = false;

  constructor(
    place: HTMLElement,
    options: editor.IStandaloneEditorConstructionOptions,
    compiler: CompilerLink,
    events: SchemaEditorEvents,
  ) {
    this.#compiler = compiler;
    this.#events = events;
    this.editor = editor.create(place, { ...options, model: null });
    // Definitions and references in other files.
    editor.registerEditorOpener({
      openCodeEditor: (_source, resource, at) => {
        const path = pathOf({ uri: resource });
        if (!this.#files.has(path) || at === undefined) return false;
        this.goTo(path, "lineNumber" in at ? toEmptyRange(at) : at);
        return true;
      },
    });
  }

  /** In the order of their paths. */
  get files(): SchemaTexts {
    return this.paths.map((path) => [path, this.#textOf(path)]);
  }

  get paths(): readonly string[] {
    return inOrder([...this.#files.keys()].map((path) => [path, ""] as const)).map(([path]) => path);
  }

  /** The file in front. */
  get shown(): string {
    return this.#shown;
  }

  get text(): string {
    return this.#textOf(this.#shown);
  }

  /** The editor's model of a file; `undefined` when there is no such file. */
  modelOf(path: string): editor.ITextModel | undefined {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    file.model ??= this.#createModel(path, file.text);
    return file.model;
  }

  /**
   * Puts other files in the place of all. One file in the place of one of the same name is a change that can be undone
   * like one by hand.
   *
   * @param isStored whether there may be data of this schema somewhere.
   */
  load(files: SchemaTexts, shown: string | undefined, isStored: boolean): void {
    const [only] = files;
    const isSame = files.length === 1 && this.#files.size === 1 && only?.[0] === this.#shown;
    if (isSame && isStored === this.#isStored) {
      this.#replaceText(only[1]);
      return;
    }
    this.editor.setModel(null);
    for (const { model } of this.#files.values()) model?.dispose();
    this.#files.clear();
    for (const [path, text] of files) this.#files.set(path, { text, view: null });
    this.#isStored = isStored;
    this.#shown = "";
    this.#change(shown !== undefined && this.#files.has(shown) ? shown : (only?.[0] ?? ""));
  }

  /** A further file, which comes to the front. */
  add(path: string, text: string): void {
    this.#files.set(path, { text, view: null });
    this.#change(path);
  }

  /** @param path of a file that there is. @param to of none. */
  rename(path: string, to: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    const view = path === this.#shown ? this.editor.saveViewState() : file.view;
    this.#files.set(to, { text: this.#textOf(path), view });
    this.#close(path);
    this.#change(path === this.#shown ? to : this.#shown);
  }

  /** @param path of a file that is not the only one. */
  remove(path: string): void {
    const at = this.paths.indexOf(path);
    this.#close(path);
    const { paths } = this;
    this.#change(path === this.#shown ? (paths[Math.min(at, paths.length - 1)] ?? "") : this.#shown);
  }

  /** Brings a file to the front. */
  show(path: string): void {
    if (path === this.#shown) return;
    this.#bringToFront(path);
    this.#events.onFiles();
  }

  /** Brings a place to the front, with the cursor in it. */
  goTo(path: string, range: IRange): void {
    this.show(path);
    this.editor.setSelection(range);
    this.editor.revealRangeInCenterIfOutsideViewport(range);
    this.editor.focus();
  }

  format(): void {
    void this.editor.getAction("editor.action.formatDocument")?.run();
  }

  #textOf(path: string): string {
    const file = this.#files.get(path);
    return file?.model?.getValue() ?? file?.text ?? "";
  }

  #createModel(path: string, text: string): editor.ITextModel {
    const model = editor.createModel(text, HETU, uriOf(path));
    model.onDidChangeContent(() => {
      this.#compiler.setText(path, model.getValue());
      this.#events.onText();
    });
    return model;
  }

  #close(path: string): void {
    const file = this.#files.get(path);
    this.#files.delete(path);
    if (path === this.#shown) this.editor.setModel(null);
    file?.model?.dispose();
  }

  #change(shown: string): void {
    this.#compiler.setFiles(this.files, this.#isStored);
    this.#bringToFront(shown);
    this.#events.onFiles();
  }

  #bringToFront(path: string): void {
    const before = this.#files.get(this.#shown);
    if (before !== undefined && path !== this.#shown) before.view = this.editor.saveViewState();
    this.#shown = path;
    const model = this.modelOf(path);
    if (model === undefined || this.editor.getModel() === model) return;
    this.editor.setModel(model);
    const view = this.#files.get(path)?.view ?? null;
    if (view !== null) this.editor.restoreViewState(view);
  }

  #replaceText(text: string): void {
    const model = this.modelOf(this.#shown);
    if (model === undefined) return;
    this.editor.pushUndoStop();
    this.editor.executeEdits("replace", [{ range: model.getFullModelRange(), text }]);
    this.editor.pushUndoStop();
    this.editor.setPosition({ lineNumber: 1, column: 1 });
    this.editor.setScrollTop(0);
  }
}
