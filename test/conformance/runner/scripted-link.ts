import type { Transport, TransportEvents } from "../../fixtures/world/generated/client-ts/sdk/index.js";
import { fromHex, type Notation, toHex } from "../notation.js";
import { readTree } from "../message-pack-tree.js";
import type { Sdk } from "./sdk.js";

/** What a client has sent since it was last asked. */
export type Sent = { readonly handshake: readonly string[] } | Notation;

/** One attempt of a client to connect, as the script of a test directs it. */
export class ScriptedLink {
  readonly protocols: readonly string[];
  readonly #events: TransportEvents;
  readonly #sdk: Sdk;
  readonly #sent: Sent[] = [];
  #shaken = false;
  /** Whether the client has ended it. */
  ended = false;
  #over = false;

  constructor(sdk: Sdk, events: TransportEvents, protocols: readonly string[]) {
    this.#sdk = sdk;
    this.#events = events;
    this.protocols = protocols;
  }

  open(protocol: string): void {
    this.#events.opened(protocol);
  }

  message(hex: string): void {
    this.#events.message(fromHex(hex));
  }

  text(): void {
    this.#events.text();
  }

  lose(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.closed(new this.#sdk.world.ConnectionLostError(`closed with ${code} ${reason}`, code));
  }

  /** As a transport has it. */
  send(bytes: Uint8Array): void {
    const frames = readTree(bytes);
    if (this.#shaken) {
      this.#sent.push(...frames);
      return;
    }
    this.#shaken = true;
    const [entries, ...rest] = frames;
    if (!Array.isArray(entries) || rest.length > 0) throw new Error(`a handshake is one array; got ${toHex(bytes)}`);
    this.#sent.push({
      handshake: entries.map((entry: Notation) => (entry as { readonly $bin: string }).$bin),
    });
  }

  end(): void {
    if (this.#over) return;
    this.ended = true;
    this.#over = true;
    this.#events.closed(new this.#sdk.world.ConnectionLostError("ended by the client", 1000));
  }

  takeSent(): readonly Sent[] {
    return this.#sent.splice(0);
  }
}

/** A transport whose links are directed by a test. */
export function scriptedTransport(sdk: Sdk, links: ScriptedLink[]): Transport {
  return (_url, events, protocols) => {
    const link = new ScriptedLink(sdk, events, protocols);
    links.push(link);
    return {
      send: (bytes) => link.send(bytes),
      close: () => link.end(),
      terminate: () => link.end(),
    };
  };
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}
