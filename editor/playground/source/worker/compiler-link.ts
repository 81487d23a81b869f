import type { SchemaTexts } from "../../../../compiler/playground/schema-texts.js";
import type { Answer, Arguments, Method, Question, Reply } from "./protocol.js";

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The page's end of the compiler's worker. */
export class CompilerLink {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** @param url of the worker's script. */
  constructor(url: URL) {
    this.#worker = new Worker(url, { type: "module", name: "hetuc" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("failure" in data) waiting?.reject(new Error(data.failure));
      else waiting?.resolve(data.answer);
    });
    // A script that cannot be loaded answers nothing ever.
    this.#worker.addEventListener("error", (event) => {
      const error = new Error(`the compiler could not be started: ${event.message}`);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  /** What every later question is about. @param isStored whether there may be data of this schema somewhere. */
  setFiles(files: SchemaTexts, isStored: boolean): void {
    this.#send({ files, isStored });
  }

  /** Another text of one of the files. */
  setText(path: string, text: string): void {
    this.#send({ path, text });
  }

  /** @throws Error when the compiler fails, which is a bug of it. */
  async ask<M extends Method>(method: M, ...args: Arguments<M>): Promise<Answer<M>> {
    const id = (this.#lastId += 1);
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, args } as Question);
    return (await answer) as Answer<M>;
  }

  #send(question: Question): void {
    this.#worker.postMessage(question);
  }
}
