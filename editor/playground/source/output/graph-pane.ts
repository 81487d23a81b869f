import { GRAPH_STYLE } from "../../../../compiler/graph/page.js";
import { element } from "../elements.js";
import { save } from "../files/save.js";
import type { Output } from "../worker/schema-compiler.js";

/** What the buttons and keys go through; 1 is the size that the pictures are drawn in. */
const SCALES = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5, 2, 3] as const;

/** Below it nobody reads the names: wider pictures are scrolled instead. */
const READABLE = 0.7;

/** Shows the clusters, to be moved and scaled; pointing at a box dims what it has nothing to do with. */
export class GraphPane {
  readonly #element: HTMLElement;
  readonly #scaleButton = element("graph-fit", HTMLButtonElement);
  #html = "";
  #svg = "";
  /** As chosen; fitting until then. */
  #scale: number | undefined;

  constructor(place: HTMLElement) {
    this.#element = place;
    const style = document.createElement("style");
    style.textContent = GRAPH_STYLE;
    document.head.append(style);
    place.addEventListener("mouseover", ({ target }) => {
      if (target instanceof Element) point(target);
    });
    this.#scaleButton.addEventListener("click", () => this.#scaleTo(undefined));
    element("graph-out", HTMLButtonElement).addEventListener("click", () => this.#step(-1));
    element("graph-in", HTMLButtonElement).addEventListener("click", () => this.#step(1));
    element("graph-save", HTMLButtonElement).addEventListener("click", () => {
      save(new Blob([this.#svg], { type: "image/svg+xml" }), "clusters.svg");
    });
    this.#listenToKeys();
    this.#listenToWheel();
    this.#listenToDrags();
    new ResizeObserver(() => this.#apply()).observe(place);
  }

  /** @param output of the compiler, which escapes the names of the schema. */
  show({ html, svg }: Extract<Output, { readonly kind: "graph" }>): void {
    this.#svg = svg;
    // The same pictures keep their place.
    if (html === this.#html) return;
    this.#html = html;
    this.#element.innerHTML = html;
    this.#apply();
  }

  get #pictures(): readonly SVGSVGElement[] {
    return [...this.#element.querySelectorAll("svg")];
  }

  /** The scale that shows whole pictures, as far as one can read them. */
  get #fitting(): number {
    const widest = Math.max(1, ...this.#pictures.map((picture) => picture.viewBox.baseVal.width));
    const { paddingLeft, paddingRight } = getComputedStyle(this.#element);
    const space = this.#element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return Math.min(1, Math.max(READABLE, space / widest));
  }

  #step(by: 1 | -1): void {
    const now = this.#scale ?? this.#fitting;
    const next = by === 1 ? SCALES.find((scale) => scale > now + 0.01) : SCALES.findLast((scale) => scale < now - 0.01);
    if (next !== undefined) this.#scaleTo(next);
  }

  /** Keeps what is in the middle there. */
  #scaleTo(scale: number | undefined): void {
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.#element;
    const before = this.#scale ?? this.#fitting;
    this.#scale = scale;
    this.#apply();
    const factor = (this.#scale ?? this.#fitting) / before;
    this.#element.scrollLeft = (scrollLeft + clientWidth / 2) * factor - clientWidth / 2;
    this.#element.scrollTop = (scrollTop + clientHeight / 2) * factor - clientHeight / 2;
  }

  #apply(): void {
    const scale = this.#scale ?? this.#fitting;
    for (const picture of this.#pictures) {
      const { width, height } = picture.viewBox.baseVal;
      picture.setAttribute("width", String(Math.round(width * scale)));
      picture.setAttribute("height", String(Math.round(height * scale)));
    }
    this.#scaleButton.textContent = `${Math.round(scale * 100)} %`;
  }

  #listenToKeys(): void {
    this.#element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "+" || event.key === "=") this.#step(1);
      else if (event.key === "-") this.#step(-1);
      else if (event.key === "0") this.#scaleTo(undefined);
      else return;
      event.preventDefault();
    });
  }

  #listenToWheel(): void {
    const zoom = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.#step(event.deltaY < 0 ? 1 : -1);
    };
    this.#element.addEventListener("wheel", zoom, { passive: false });
  }

  /** Fingers scroll without help. */
  #listenToDrags(): void {
    const place = this.#element;
    place.addEventListener("pointerdown", (event) => {
      const isText = event.target instanceof Element && event.target.closest("h2, p") !== null;
      if (event.pointerType !== "mouse" || event.button !== 0 || isText) return;
      place.setPointerCapture(event.pointerId);
      place.classList.add("dragged");
    });
    place.addEventListener("pointermove", ({ pointerId, movementX, movementY }) => {
      if (!place.hasPointerCapture(pointerId)) return;
      place.scrollLeft -= movementX;
      place.scrollTop -= movementY;
    });
    const end = (): void => place.classList.remove("dragged");
    place.addEventListener("pointerup", end);
    place.addEventListener("pointercancel", end);
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
