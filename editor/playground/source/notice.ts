import { element } from "./elements.js";

/** What can be done about a notice. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** A message below the toolbar, read out by screen readers, until it is closed or another one comes. */
export class Notice {
  readonly #bar = element("notice", HTMLElement);
  readonly #text = element("notice-text", HTMLElement);
  readonly #action = element("notice-action", HTMLButtonElement);
  #run: () => void = () => undefined;

  constructor() {
    element("notice-close", HTMLButtonElement).addEventListener("click", () => this.hide());
    this.#action.addEventListener("click", () => {
      this.hide();
      this.#run();
    });
  }

  show(text: string, kind: "said" | "failed", action?: NoticeAction): void {
    this.#bar.className = kind;
    this.#bar.hidden = false;
    this.#text.textContent = text;
    this.#action.hidden = action === undefined;
    this.#action.textContent = action?.label ?? "";
    this.#run = action?.run ?? (() => undefined);
  }

  hide(): void {
    this.#bar.hidden = true;
  }
}
