import { element } from "./elements.js";

/** A message below the toolbar, read out by screen readers, until it is closed or another one comes. */
export class Notice {
  readonly #bar = element("notice", HTMLElement);
  readonly #text = element("notice-text", HTMLElement);

  constructor() {
    element("notice-close", HTMLButtonElement).addEventListener("click", () => (this.#bar.hidden = true));
  }

  show(text: string, kind: "said" | "failed"): void {
    this.#bar.className = kind;
    this.#bar.hidden = false;
    this.#text.textContent = text;
  }
}
