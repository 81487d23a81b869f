import type { GraphCluster } from "../../../../compiler/graph/clusters.js";
import { neighbourhood } from "../../../../compiler/graph/neighbourhood.js";
import { clustersAsHtml, GRAPH_STYLE, legendAsHtml } from "../../../../compiler/graph/page.js";
import { clustersAsSvg } from "../../../../compiler/graph/standalone-svg.js";
import { GRAPH_WORDS, type GraphWords } from "../../../../compiler/graph/words.js";
import { element } from "../elements.js";
import { save } from "../files/save.js";
import type { Words } from "../words.js";

/** What the buttons and keys go through; 1 is the size that the pictures are drawn in. */
const SCALES = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5, 2, 3] as const;

/** Below it nobody reads the names: wider pictures are scrolled instead. */
const READABLE = 0.7;

/** Mouse pixels between a click and a drag. */
const DRAG_MIN = 4;

/** Shows the clusters, or what is around one box of them, to be moved and scaled. */
export class GraphPane {
  readonly #element: HTMLElement;
  readonly #around = element("graph-around", HTMLSelectElement);
  readonly #scaleButton = element("graph-fit", HTMLButtonElement);
  readonly #words: Words;
  #clusters: readonly GraphCluster[] = [];
  /** As it was rendered. */
  #html = "";
  /** As chosen; fitting until then. */
  #scale: number | undefined;

  constructor(place: HTMLElement, words: Words) {
    this.#element = place;
    this.#words = words;
    const style = document.createElement("style");
    style.textContent = GRAPH_STYLE;
    document.head.append(style);
    this.#around.addEventListener("change", () => this.#render());
    this.#scaleButton.addEventListener("click", () => this.#scaleTo(undefined));
    element("graph-out", HTMLButtonElement).addEventListener("click", () => this.#step(-1));
    element("graph-in", HTMLButtonElement).addEventListener("click", () => this.#step(1));
    element("graph-save", HTMLButtonElement).addEventListener("click", () => {
      save(new Blob([clustersAsSvg(this.#shown, this.#graphWords)], { type: "image/svg+xml" }), "clusters.svg");
    });
    this.#listenToPointing();
    this.#listenToKeys();
    this.#listenToWheel();
    this.#listenToDrags();
    new ResizeObserver(() => this.#apply()).observe(place);
  }

  show(clusters: readonly GraphCluster[]): void {
    this.#clusters = clusters;
    this.#listBoxes();
    this.#render();
  }

  /** Says everything again, in the language of now. */
  tell(): void {
    element("graph-legend", HTMLElement).innerHTML = legendAsHtml(this.#graphWords);
    this.#listBoxes();
    if (this.#html !== "") this.#render();
  }

  get #graphWords(): GraphWords {
    return GRAPH_WORDS[this.#words.language];
  }

  #listBoxes(): void {
    const { value } = this.#around;
    const severalNamespaces = new Set(this.#clusters.map(({ namespace }) => namespace)).size > 1;
    const option = (namespace: string, name: string): HTMLOptionElement =>
      new Option(severalNamespaces ? `${namespace}.${name}` : name, `${namespace} ${name}`);
    const group = (label: "tables" | "systems", options: readonly HTMLOptionElement[]): HTMLElement => {
      const list = document.createElement("optgroup");
      list.label = this.#words.of(label);
      list.append(...options);
      return list;
    };
    this.#around.replaceChildren(
      new Option(this.#words.of("wholeGraph"), ""),
      group(
        "tables",
        this.#clusters.flatMap(({ namespace, tables }) => tables.map(({ name }) => option(namespace, name))),
      ),
      group(
        "systems",
        this.#clusters.flatMap(({ namespace, systems }) => systems.map((name) => option(namespace, name))),
      ),
    );
    this.#around.value = value;
    if (this.#around.selectedIndex === -1) this.#around.value = "";
  }

  /** The clusters, or the part of one that concerns the chosen box. */
  get #shown(): readonly GraphCluster[] {
    const [namespace = "", name = ""] = this.#around.value.split(" ");
    const part = neighbourhood(this.#clusters, { namespace, name });
    return part === undefined ? this.#clusters : [part];
  }

  #render(): void {
    const html = clustersAsHtml(this.#shown, this.#graphWords);
    // The same pictures keep their place.
    if (html === this.#html) return;
    this.#html = html;
    // The names of the schema are escaped in it.
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

  /** Pointing at a box dims what it has nothing to do with; a click shows nothing else, and once more all again. */
  #listenToPointing(): void {
    this.#element.addEventListener("mouseover", ({ target }) => {
      if (target instanceof Element) point(target);
    });
    this.#element.addEventListener("click", ({ target }) => {
      const box = target instanceof Element ? target.closest<SVGElement>("g") : null;
      const namespace = box?.closest("svg")?.dataset["namespace"];
      const name = box?.dataset["name"];
      if (namespace === undefined || name === undefined) return;
      const value = `${namespace} ${name}`;
      this.#around.value = this.#around.value === value ? "" : value;
      this.#render();
    });
  }

  /** Fingers scroll without help. */
  #listenToDrags(): void {
    const place = this.#element;
    let start: { readonly x: number; readonly y: number } | undefined;
    place.addEventListener("pointerdown", ({ pointerType, button, clientX: x, clientY: y, target }) => {
      const isText = target instanceof Element && target.closest("h2, p") !== null;
      start = pointerType === "mouse" && button === 0 && !isText ? { x, y } : undefined;
    });
    place.addEventListener("pointermove", ({ pointerId, clientX: x, clientY: y, movementX, movementY }) => {
      if (start === undefined) return;
      if (!place.hasPointerCapture(pointerId)) {
        if (Math.hypot(x - start.x, y - start.y) < DRAG_MIN) return;
        // From now on it is no click.
        place.setPointerCapture(pointerId);
        place.classList.add("dragged");
      }
      place.scrollLeft -= movementX;
      place.scrollTop -= movementY;
    });
    const end = (): void => {
      start = undefined;
      place.classList.remove("dragged");
    };
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
