import type { OpenedProject } from "../../../compiler/playground/opened-project.js";
import { ONLY_PATH } from "../../../compiler/playground/link-format.js";
import type { SchemaTexts } from "../../../compiler/playground/schema-texts.js";
import { setUpLanguage, setUpTheme } from "./appearance.js";
import type { ModelOf } from "./editor/convert.js";
import { HETU, registerHetu } from "./editor/language.js";
import { type editor, KeyCode, KeyMod } from "./editor/monaco.js";
import { registerChanges, registerLenses, registerReading } from "./editor/reading.js";
import { defineThemes } from "./editor/themes.js";
import { registerWriting } from "./editor/writing.js";
import { element } from "./elements.js";
import { examples, firstExample } from "./examples.js";
import { FileTools } from "./files/file-tools.js";
import { dropCopy, keep, lastFiles, type Opened, openProject, projectOfPage } from "./files/opening.js";
import { copy } from "./files/save.js";
import { SchemaEditor } from "./files/schema-editor.js";
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
  // A line that is typed to its end is ended by Enter; and of a misspelt word the compiler tells what was meant, where
  // the list would take the line break for a yes.
  acceptSuggestionOnEnter: "smart",
  suggest: { filterGraceful: false },
  // The compiler tells of look-alike signs, with what is meant.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
};

/** The page: the schema on one side, what it becomes on the other. */
export class Playground {
  readonly #compiler: CompilerLink;
  readonly #words = new Words(preferredLanguage());
  readonly #notice = new Notice();
  readonly #schema: SchemaEditor;
  readonly #fileTools: FileTools;
  readonly #problems: ProblemList;
  readonly #files: FilePane;
  readonly #graph: GraphPane;
  readonly #tabs: OutputTabs;
  readonly #stale = element("stale", HTMLElement);
  /** What the files are a copy of. */
  #project: OpenedProject | undefined;
  #changed: Opened["changed"];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each compilation: answers of an older one are not shown. */
  #turn = 0;
  /** Files that come from elsewhere are no change of the user's. */
  #isLoading = false;

  /** Builds the page with the schema of its address, the project that it was served with, the last one, or an example. */
  static async start(compiler: CompilerLink): Promise<Playground> {
    const linked = hasSchema(location.hash) ? await schemaOf(location.hash) : undefined;
    const page = new Playground(compiler);
    page.#load(linked === undefined ? startingFiles() : { files: linked });
    if (linked === undefined) page.#refuseAddress();
    return page;
  }

  private constructor(compiler: CompilerLink) {
    this.#compiler = compiler;
    registerHetu();
    defineThemes();
    const options = { ...EDITOR_OPTIONS, ariaLabel: this.#words.of("schemaHelp") };
    this.#schema = new SchemaEditor(element("schema", HTMLElement), options, compiler, {
      onText: () => this.#keepAndCompile(),
      onFiles: () => this.#showFiles(),
    });
    const modelOf: ModelOf = (path) => this.#schema.modelOf(path);
    registerWriting(HETU, compiler);
    registerReading(HETU, compiler, modelOf);
    registerLenses(HETU, compiler, modelOf);
    registerChanges(HETU, compiler, modelOf);
    this.#fileTools = new FileTools(this.#schema, this.#words, this.#notice, () => this.#keepAndCompile());
    this.#problems = new ProblemList(
      element("problem-summary", HTMLElement),
      element("problem-list", HTMLElement),
      this.#words,
      (path, range) => this.#schema.goTo(path, range),
    );
    this.#files = new FilePane(element("file", HTMLSelectElement), element("file-text", HTMLElement), EDITOR_OPTIONS);
    this.#graph = new GraphPane(element("graph", HTMLElement), this.#words);
    this.#tabs = this.#createTabs();
    const theme = setUpTheme(this.#words);
    setUpLanguage(this.#words, () => {
      theme.tell();
      this.#problems.tell();
      this.#graph.tell();
      this.#fillExamples();
      this.#tellOrigin();
      this.#schema.editor.updateOptions({ ariaLabel: this.#words.of("schemaHelp") });
      if (this.#schema.shown !== "") void this.#compile();
    });
    this.#listen();
  }

  #createTabs(): OutputTabs {
    const graphElement = element("graph-pane", HTMLElement);
    const filesElement = element("files", HTMLElement);
    const panes = { files: this.#files, graph: this.#graph, filesElement, graphElement };
    const last = remembered("output");
    const first = isOutputTab(last) ? last : "server-ts";
    return new OutputTabs(element("tabs", HTMLElement), element("panel", HTMLElement), panes, first, () => {
      remember("output", this.#tabs.chosen);
      void this.#compile();
    });
  }

  #listen(): void {
    const format = (): void => this.#schema.format();
    element("format", HTMLButtonElement).addEventListener("click", format);
    this.#schema.editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, format);
    element("copy-link", HTMLButtonElement).addEventListener("click", () => void this.#copyLink());
    element("copy-file", HTMLButtonElement).addEventListener("click", () => void this.#copyFile());
    element("read-again", HTMLButtonElement).addEventListener("click", () => {
      dropCopy();
      location.reload();
    });
    const example = element("example", HTMLSelectElement);
    example.addEventListener("change", () => {
      const text = examples.get(example.value);
      example.value = "";
      if (text !== undefined) this.#replace([[ONLY_PATH, text]]);
    });
    addEventListener("hashchange", () => void this.#followAddress());
    // Between the last keystroke and the pause after it.
    addEventListener("pagehide", () => {
      if (this.#timer !== undefined) keep(this.#schema.files, this.#project);
    });
  }

  #load(opened: Opened): void {
    this.#project = opened.project;
    this.#changed = opened.changed;
    this.#isLoading = true;
    this.#schema.load(opened.files, opened.shown, opened.project !== undefined);
    this.#isLoading = false;
    this.#tellOrigin();
    void this.#compile();
  }

  /** Puts a schema from elsewhere in the place of the user's. */
  #replace(files: SchemaTexts): void {
    const before: Opened = {
      files: this.#schema.files,
      shown: this.#schema.shown,
      project: this.#project,
      ...(this.#changed === undefined ? {} : { changed: this.#changed }),
    };
    const isStep = before.project === undefined && before.files.length === 1 && files.length === 1;
    this.#load({ files });
    keep(files, undefined);
    // One text in the place of another is undone with Ctrl+Z.
    if (isStep && before.files[0]?.[0] === files[0]?.[0]) return;
    const undo = (): void => {
      this.#load(before);
      keep(before.files, before.project);
    };
    this.#notice.show(this.#words.of("replaced"), "said", { label: this.#words.of("undo"), run: undo });
  }

  #showFiles(): void {
    this.#fileTools.show();
    if (!this.#isLoading) void this.#compile();
  }

  #keepAndCompile(): void {
    if (this.#isLoading) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      keep(this.#schema.files, this.#project);
      // The address would bring back what it holds when the page is loaded again.
      if (hasSchema(location.hash)) history.replaceState(undefined, "", location.pathname + location.search);
      void this.#compile();
    }, PAUSE);
  }

  /** Shows problems, and what the chosen tab is of. */
  async #compile(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const turn = (this.#turn += 1);
    try {
      const tab = this.#tabs.chosen;
      const [problems, output] = await Promise.all([this.#compiler.ask("problems"), this.#compiler.ask("output", tab)]);
      if (turn !== this.#turn) return;
      const marks = this.#problems.show(problems);
      this.#fileTools.mark(marks);
      this.#stale.hidden = ![...marks.values()].includes("error");
      this.#stale.textContent = this.#words.of(output === undefined ? "nothingYet" : "stale");
      if (output === undefined) this.#tabs.hide();
      else this.#tabs.show(output);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notice.show(this.#words.of("compilerFailed", { reason }), "failed");
    }
  }

  async #copyLink(): Promise<void> {
    const fragment = await linkFragment(this.#schema.files);
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
    const files = hasSchema(location.hash) ? await schemaOf(location.hash) : undefined;
    if (files === undefined) this.#refuseAddress();
    else this.#replace(files);
  }

  #refuseAddress(): void {
    if (hasSchema(location.hash)) this.#notice.show(this.#words.of("linkBroken"), "failed");
  }

  /** Says what the files are a copy of. */
  #tellOrigin(): void {
    const project = this.#project;
    element("copy-of", HTMLElement).hidden = project === undefined;
    if (project === undefined) return;
    const word = { none: "copyOf", here: "copyChanged", "here and on the disk": "copyBehind" } as const;
    element("copy-of-text", HTMLElement).textContent = this.#words.of(word[this.#changed ?? "none"], {
      name: project.name,
    });
  }

  #fillExamples(): void {
    const title = new Option(this.#words.of("exampleChoose"), "");
    element("example", HTMLSelectElement).replaceChildren(
      title,
      ...[...examples.keys()].map((name) => new Option(name, name)),
    );
  }
}

function startingFiles(): Opened {
  const project = projectOfPage();
  if (project !== undefined) return openProject(project);
  return { files: lastFiles() ?? [[ONLY_PATH, firstExample]] };
}
