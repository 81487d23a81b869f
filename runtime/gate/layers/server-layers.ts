import type { Schema } from "../../schema/schema.js";
import type { LayerName, ServerLayer } from "../../wire/layers/index.js";
import { CryptoLayer } from "./crypto-layer.js";
import { presetDictionary } from "./dictionary.js";
import { SeenNonces } from "./seen-nonces.js";
import type { WireSettings } from "./wire-settings.js";
import { ZlibLayer } from "./zlib-layer.js";

/** The layers that shake hands, for each protocol; `undefined`: it is not spoken. */
export interface InstanceLayers {
  readonly hetu1: readonly ServerLayer[] | undefined;
  readonly hetu2: readonly ServerLayer[] | undefined;
}

/** Makes the layers of all instances of a server: what they share, such as the nonces that were seen, is here. */
export class ServerLayers {
  readonly settings: WireSettings;
  readonly #maxMessage: number;
  readonly #crypto: CryptoLayer;

  /** @param maxMessage bytes that a message may inflate to. */
  constructor(settings: WireSettings, maxMessage: number) {
    this.settings = settings;
    this.#maxMessage = maxMessage;
    this.#crypto = new CryptoLayer(settings.secret, new SeenNonces());
  }

  /** For new connections to an instance that serves this schema. */
  of(schema: Pick<Schema, "components">): InstanceLayers {
    const zlib = new ZlibLayer({
      dictionary: presetDictionary(schema),
      maxMessage: this.#maxMessage,
      deflateWindow: this.settings.deflateWindow,
    });
    const protocol = (names: readonly LayerName[]): readonly ServerLayer[] | undefined => {
      if (names.length === 0) return undefined;
      return names.flatMap((name) => (name === "jsonb" ? [] : [name === "zlib" ? zlib : this.#crypto]));
    };
    return { hetu1: protocol(this.settings.hetu1), hetu2: protocol(this.settings.hetu2) };
  }
}
