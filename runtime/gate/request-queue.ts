import type { Request } from "./request.js";

interface Waiting {
  readonly request: Request;
  readonly bytes: number;
}

/** First in, first out, without moving the rest at each step. */
export class RequestQueue {
  readonly #items: Waiting[] = [];
  #bytes = 0;
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** Of the messages that what waits has come in. */
  get bytes(): number {
    return this.#bytes;
  }

  push(request: Request, bytes: number): void {
    this.#items.push({ request, bytes });
    this.#bytes += bytes;
  }

  shift(): Request | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head++;
    this.#bytes -= item.bytes;
    if (this.#head === this.#items.length) this.clear();
    else if (this.#head >= 1024) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item.request;
  }

  clear(): void {
    this.#items.length = 0;
    this.#head = 0;
    this.#bytes = 0;
  }
}
