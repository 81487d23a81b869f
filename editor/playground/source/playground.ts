import { setUpLanguage, setUpTheme } from "./appearance.js";
import { HETU, registerHetu } from "./editor/language.js";
import { editor, type IRange, KeyCode, KeyMod, Uri } from "./editor/monaco.js";
import { registerChanges, registerReading } from "./editor/reading.js";
import { defineThemes } from "./editor/themes.js";
import { registerWriting } from "./editor/writing.js";
import { element } from "./elements.js";
import { examples, firstExample } from "./examples.js";
import { Notice } from "./notice.js";
import { FilePane } from "./output/file-pane.js";
import { GraphPane } from "./output/graph-pane.js";
import { isOutputTab, OutputTabs } from "./output/output-tabs.js";
import { ProblemList } from "./problem-list.js";
import { hasSchema, linkFragment, LINK_MAX, schemaOf } from "./share-link.js";
import { remember, remembered } from "./storage.js";
import type { CompilerLink } from "./worker/compiler-link.js";
import { preferredLanguage, Words } from "./words.js";

/** Milliseconds without a keystroke after which the text is compiled. */
const PAUSE = 120;

/** Of both editors. */
const EDITOR_OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontSize: 14,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  tabSize: 2,
  "semanticHighlighting.enabled": true,
  wordBasedSuggestions: "off",
  // The compiler tells of look-alike signs, with what is meant.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
};

/** The page: the schema on one side, what it becomes on the other. */
export class Playground {
  readonly #compiler: CompilerLink;
  readonly #words = new Words(preferredLanguage());
  readonly #notice = new Notice();
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #model: editor.ITextModel;
  readonly #problems: ProblemList;
  readonly #files: FilePane;
  readonly #tabs: OutputTabs;
  readonly #stale = element("stale", HTMLElement);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each compilation: answers of an older one are not shown. */
  #turn = 0;

  /** Builds the page with the schema of its address, or the last one, or an example. */
  static async start(compiler: CompilerLink): Promise<Playground> {
    const shared = hasSchema(location.hash) ? await schemaOf(location.hash) : undefined;
    const page = new Playground(compiler, shared ?? remembered("schema") ?? firstExample);
    if (shared === undefined) page.#refuseAddress();
    return page;
  }

  private constructor(compiler: CompilerLink, text: string) {
    this.#compiler = compiler;
    registerHetu();
    registerWriting(HETU, compiler);
    registerReading(HETU, compiler);
    registerChanges(HETU, compiler);
    defineThemes();
    compiler.setText(text);
    this.#model = editor.createModel(text, HETU, Uri.parse("inmemory://hetu/schema.hetu"));
    this.#editor = editor.create(element("schema", HTMLElement), {
      ...EDITOR_OPTIONS,
      model: this.#model,
      ariaLabel: this.#words.of("schemaHelp"),
    });
    this.#problems = new ProblemList(
      element("problem-summary", HTMLElement),
      element("problem-list", HTMLElement),
      this.#words,
      (range) => this.#goTo(range),
    );
    this.#files = new FilePane(element("file", HTMLSelectElement), element("file-text", HTMLElement), EDITOR_OPTIONS);
    this.#tabs = this.#createTabs();
    const theme = setUpTheme(this.#words);
    setUpLanguage(this.#words, () => {
      theme.tell();
      this.#problems.tell();
      this.#fillExamples();
      this.#editor.updateOptions({ ariaLabel: this.#words.of("schemaHelp") });
      void this.#compile();
    });
    this.#listen();
  }

  #createTabs(): OutputTabs {
    const graphElement = element("graph", HTMLElement);
    const filesElement = element("files", HTMLElement);
    const panes = { files: this.#files, graph: new GraphPane(graphElement), filesElement, graphElement };
    const last = remembered("output");
    const first = isOutputTab(last) ? last : "server-ts";
    return new OutputTabs(element("tabs", HTMLElement), element("panel", HTMLElement), panes, first, () => {
      remember("output", this.#tabs.chosen);
      void this.#compile();
    });
  }

  #listen(): void {
    this.#model.onDidChangeContent(() => {
      const text = this.#model.getValue();
      this.#compiler.setText(text);
      remember("schema", text);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#compile(), PAUSE);
    });
    const format = (): void => void this.#editor.getAction("editor.action.formatDocument")?.run();
    element("format", HTMLButtonElement).addEventListener("click", format);
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, format);
    element("copy-link", HTMLButtonElement).addEventListener("click", () => void this.#copyLink());
    element("copy-file", HTMLButtonElement).addEventListener("click", () => void this.#copyFile());
    const example = element("example", HTMLSelectElement);
    example.addEventListener("change", () => {
      const text = examples.get(example.value);
      example.value = "";
      if (text !== undefined) this.#replaceText(text);
    });
    addEventListener("hashchange", () => void this.#followAddress());
  }

  /** Shows problems, and what the chosen tab is of. */
  async #compile(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = (this.#turn += 1);
    try {
      const tab = this.#tabs.chosen;
      const [problems, output] = await Promise.all([this.#compiler.ask("problems"), this.#compiler.ask("output", tab)]);
      if (turn !== this.#turn) return;
      this.#problems.show(this.#model, problems);
      const isStale = problems.some(({ severity }) => severity === 1);
      this.#stale.hidden = !isStale;
      this.#stale.textContent = this.#words.of(output === undefined ? "nothingYet" : "stale");
      if (output === undefined) this.#tabs.hide();
      else this.#tabs.show(output);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notice.show(this.#words.of("compilerFailed", { reason }), "failed");
    }
  }

  async #copyLink(): Promise<void> {
    const fragment = await linkFragment(this.#model.getValue());
    if (fragment.length > LINK_MAX) {
      const values = { length: fragment.length, most: LINK_MAX };
      this.#notice.show(this.#words.of("linkTooLong", values), "failed");
      return;
    }
    history.replaceState(undefined, "", `#${fragment}`);
    const copied = await copy(location.href);
    this.#notice.show(this.#words.of(copied ? "linkCopied" : "linkShown"), copied ? "said" : "failed");
  }

  async #copyFile(): Promise<void> {
    const copied = await copy(this.#files.text);
    this.#notice.show(this.#words.of(copied ? "fileCopied" : "copyFailed"), copied ? "said" : "failed");
  }

  /** Another link has been opened in the same tab. */
  async #followAddress(): Promise<void> {
    const text = hasSchema(location.hash) ? await schemaOf(location.hash) : undefined;
    if (text === undefined) this.#refuseAddress();
    else this.#replaceText(text);
  }

  #refuseAddress(): void {
    if (hasSchema(location.hash)) this.#notice.show(this.#words.of("linkBroken"), "failed");
  }

  /** Can be undone like a change by hand. */
  #replaceText(text: string): void {
    this.#editor.pushUndoStop();
    this.#editor.executeEdits("replace", [{ range: this.#model.getFullModelRange(), text }]);
    this.#editor.pushUndoStop();
    this.#editor.setPosition({ lineNumber: 1, column: 1 });
    this.#editor.setScrollTop(0);
  }

  #fillExamples(): void {
    const title = new Option(this.#words.of("exampleChoose"), "");
    element("example", HTMLSelectElement).replaceChildren(
      title,
      ...[...examples.keys()].map((name) => new Option(name, name)),
    );
  }

  #goTo(range: IRange): void {
    this.#editor.setSelection(range);
    this.#editor.revealRangeInCenterIfOutsideViewport(range);
    this.#editor.focus();
  }
}

/** Whether a text is on the clipboard now. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
