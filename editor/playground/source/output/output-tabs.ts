import { nextTab } from "../tab-keys.js";
import type { Output } from "../worker/schema-compiler.js";
import type { FilePane } from "./file-pane.js";
import type { GraphPane } from "./graph-pane.js";

export const OUTPUT_NAMES = ["server-ts", "client-ts", "client-js", "client-csharp", "schema.json", "graph"] as const;

export type OutputTab = (typeof OUTPUT_NAMES)[number];

export function isOutputTab(name: string | undefined): name is OutputTab {
  return OUTPUT_NAMES.some((each) => each === name);
}

interface Panes {
  readonly files: FilePane;
  readonly graph: GraphPane;
  /** What holds the files, and what the graph: one of them is shown. */
  readonly filesElement: HTMLElement;
  readonly graphElement: HTMLElement;
}

/** The tabs of what a schema becomes, as WAI-ARIA describes tabs: arrow keys choose, one of them takes the focus. */
export class OutputTabs {
  readonly #tabs: readonly HTMLButtonElement[];
  readonly #panel: HTMLElement;
  readonly #panes: Panes;
  #chosen: OutputTab;

  /** @param onChoice is called when another tab is chosen by the user. */
  constructor(list: HTMLElement, panel: HTMLElement, panes: Panes, first: OutputTab, onChoice: () => void) {
    this.#panel = panel;
    this.#panes = panes;
    this.#tabs = OUTPUT_NAMES.map((name) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.role = "tab";
      tab.id = `tab-${name}`;
      tab.dataset["output"] = name;
      tab.dataset["word"] = name;
      tab.setAttribute("aria-controls", panel.id);
      return tab;
    });
    list.replaceChildren(...this.#tabs);
    this.#chosen = first;
    this.#mark();
    list.addEventListener("click", ({ target }) => {
      const name = target instanceof HTMLElement ? target.dataset["output"] : undefined;
      if (!isOutputTab(name)) return;
      this.#choose(name);
      onChoice();
    });
    list.addEventListener("keydown", (event) => {
      const at = nextTab(event.key, OUTPUT_NAMES.indexOf(this.#chosen), OUTPUT_NAMES.length);
      const name = at === undefined ? undefined : OUTPUT_NAMES[at];
      if (name === undefined) return;
      event.preventDefault();
      this.#choose(name);
      this.#tabs[OUTPUT_NAMES.indexOf(name)]?.focus();
      onChoice();
    });
  }

  get chosen(): OutputTab {
    return this.#chosen;
  }

  /** Shows what the chosen tab is of. */
  show(output: Output): void {
    const isGraph = output.kind === "graph";
    this.#panes.filesElement.hidden = isGraph;
    this.#panes.graphElement.hidden = !isGraph;
    if (isGraph) this.#panes.graph.show(output.clusters);
    else this.#panes.files.show(this.#chosen, output.files);
  }

  /** Before there is anything to show. */
  hide(): void {
    this.#panes.filesElement.hidden = true;
    this.#panes.graphElement.hidden = true;
  }

  #choose(name: OutputTab): void {
    this.#chosen = name;
    this.#mark();
  }

  #mark(): void {
    for (const tab of this.#tabs) {
      const isChosen = tab.dataset["output"] === this.#chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      if (!isChosen) continue;
      this.#panel.setAttribute("aria-labelledby", tab.id);
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}
