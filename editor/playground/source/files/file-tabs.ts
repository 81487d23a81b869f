import { nextTab } from "../tab-keys.js";
import type { Words } from "../words.js";

export interface FileTabsEvents {
  readonly onShow: (path: string) => void;
  readonly onRename: (path: string) => void;
  readonly onRemove: (path: string) => void;
}

/** The worst of a file. */
export type Mark = "error" | "warning" | "";

/** A tab for each file: arrow keys and F2, Delete work in them. */
export class FileTabs {
  readonly #list: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #words: Words;
  #paths: readonly string[] = [];
  #shown = "";

  constructor(list: HTMLElement, panel: HTMLElement, words: Words, events: FileTabsEvents) {
    this.#list = list;
    this.#panel = panel;
    this.#words = words;
    list.addEventListener("click", ({ target }) => {
      const path = target instanceof HTMLElement ? target.dataset["path"] : undefined;
      if (path !== undefined) events.onShow(path);
    });
    list.addEventListener("dblclick", ({ target }) => {
      if (target !== list) events.onRename(this.#shown);
    });
    list.addEventListener("keydown", (event) => {
      const at = nextTab(event.key, this.#paths.indexOf(this.#shown), this.#paths.length);
      const path = at === undefined ? undefined : this.#paths[at];
      if (path !== undefined) events.onShow(path);
      else if (event.key === "F2") events.onRename(this.#shown);
      else if (event.key === "Delete") events.onRemove(this.#shown);
      else return;
      event.preventDefault();
      this.#tabs[this.#paths.indexOf(this.#shown)]?.focus();
    });
  }

  show(paths: readonly string[], shown: string): void {
    const isSame = paths.join("\n") === this.#paths.join("\n");
    this.#paths = paths;
    this.#shown = shown;
    if (!isSame) this.#list.replaceChildren(...paths.map((path) => this.#tab(path)));
    for (const tab of this.#tabs) {
      const isShown = tab.dataset["path"] === shown;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      if (!isShown) continue;
      this.#panel.setAttribute("aria-labelledby", tab.id);
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  /** Marks the tabs of files with problems. */
  mark(marks: ReadonlyMap<string, Mark>): void {
    for (const tab of this.#tabs) {
      const mark = marks.get(tab.dataset["path"] ?? "") ?? "";
      tab.className = mark;
      const name = tab.textContent;
      if (mark === "") tab.removeAttribute("aria-label");
      else tab.setAttribute("aria-label", this.#words.of(mark === "error" ? "fileErrors" : "fileWarnings", { name }));
    }
  }

  get #tabs(): readonly HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=tab]")];
  }

  #tab(path: string): HTMLElement {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.id = `file-${path}`;
    tab.dataset["path"] = path;
    tab.textContent = this.#shortName(path);
    tab.title = path;
    tab.setAttribute("aria-controls", this.#panel.id);
    return tab;
  }

  /** The name alone, where no other file has it. */
  #shortName(path: string): string {
    const name = path.split("/").at(-1) ?? path;
    return this.#paths.filter((other) => other.split("/").at(-1) === name).length > 1 ? path : name;
  }
}
