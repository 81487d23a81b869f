import { ConnectionLostError } from "../errors.js";
import {
  type ClientLayer,
  type ClientLayerFactory,
  LayerStack,
  readHandshake,
  WireError,
  writeHandshake,
} from "../wire.js";

/** The close code with which a server refuses layers. */
export const LAYERS_REFUSED = 4005;

/** The order in which layers are applied to what leaves, whatever the order of the option. */
const ORDER: readonly string[] = ["zlib", "crypto"];

/** The layers of one connection, and what the server says to them. */
export class LayerHandshake {
  readonly #layers: readonly ClientLayer[];
  #stack = new LayerStack();

  constructor(factories: readonly ClientLayerFactory[]) {
    this.#layers = factories.map((make) => make()).sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
  }

  /** No layer but `jsonb`, which has nothing to agree on. */
  get isEmpty(): boolean {
    return this.#layers.length === 0;
  }

  /** Passes everything through until the handshake is done. */
  get stack(): LayerStack {
    return this.#stack;
  }

  /** What to look at when a server does not answer. */
  get advice(): string {
    return `this client's layers are ${this.#names} (option layers), and the server's may be others`;
  }

  hello(): Uint8Array {
    return writeHandshake(this.#layers.map((layer) => layer.hello()));
  }

  /**
   * @returns why the server refuses; `undefined` when it does not.
   * @throws WireError when it answers something else.
   */
  finish(answer: Uint8Array): string | undefined {
    const entries = readHandshake(answer);
    if (entries.length === 0 && !this.isEmpty) {
      const isSecret = this.#layers.some(({ name }) => name === "crypto");
      const hint = isSecret ? "the key of crypto is not the server's, or only one side has one" : this.advice;
      return `the server refuses the handshake of the layers ${this.#names}: ${hint}`;
    }
    if (entries.length !== this.#layers.length) {
      const count = `${entries.length} layer${entries.length === 1 ? "" : "s"}`;
      throw new WireError(`its handshake has ${count} beside jsonb; ${this.advice}`);
    }
    this.#stack = new LayerStack(this.#layers.map((layer, at) => layer.finish(entries[at] ?? new Uint8Array(0))));
    return undefined;
  }

  /** @param isShaking whether the server had not answered yet. */
  explain(reason: ConnectionLostError, isShaking: boolean): ConnectionLostError {
    const isRefused = reason.closeCode === LAYERS_REFUSED;
    // A server that wants other layers ends the connection without a word; so does a network.
    const isSilent = isShaking && reason.closeCode < 4000;
    if (!isRefused && !isSilent) return reason;
    const why = isRefused ? reason.message : `${reason.message} before the handshake was answered`;
    return new ConnectionLostError(`${why}; ${this.advice}`, reason.closeCode, reason.cause);
  }

  get #names(): string {
    return ["jsonb", ...this.#layers.map(({ name }) => name)].join(", ");
  }
}
