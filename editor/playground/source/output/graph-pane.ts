import { GRAPH_STYLE } from "../../../../compiler/graph/page.js";

/** Shows the clusters; pointing at a box dims what it has nothing to do with. */
export class GraphPane {
  readonly #element: HTMLElement;

  constructor(element: HTMLElement) {
    this.#element = element;
    const style = document.createElement("style");
    style.textContent = GRAPH_STYLE;
    document.head.append(style);
    element.addEventListener("mouseover", ({ target }) => {
      if (target instanceof Element) point(target);
    });
  }

  /** @param html of the compiler, which escapes the names of the schema. */
  show(html: string): void {
    this.#element.innerHTML = html;
  }
}

function point(target: Element): void {
  const picture = target.closest("svg");
  if (picture === null) return;
  const name = target.closest<SVGElement>("g")?.dataset["name"];
  picture.classList.toggle("chosen", name !== undefined);
  const lines = [...picture.querySelectorAll<SVGElement>(".line")];
  const near = lines.filter(({ dataset }) => dataset["system"] === name || dataset["table"] === name);
  const names = new Set([name, ...near.flatMap(({ dataset }) => [dataset["system"], dataset["table"]])]);
  for (const line of lines) line.classList.toggle("near", near.includes(line));
  for (const box of picture.querySelectorAll<SVGElement>("g")) {
    box.classList.toggle("near", names.has(box.dataset["name"]));
  }
}
