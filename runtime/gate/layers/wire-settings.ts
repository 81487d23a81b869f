import type { LayerName } from "../../wire/layers/index.js";

/** Which protocols a server speaks, and through which layers. Checked, with defaults filled in. */
export interface WireSettings {
  /** Layers of hetu.1 in order; empty: the protocol is not spoken. */
  readonly hetu1: readonly LayerName[];
  /** Likewise of hetu.2. */
  readonly hetu2: readonly LayerName[];
  /** Key of the HMAC that signs the hello of `crypto`; `undefined`: none is demanded. */
  readonly secret: string | undefined;
  /** Whether hetu.2 may be spoken without encryption, `crypto` or TLS, to other hosts. */
  readonly plaintext: boolean;
  /** For how long a hetu.2 connection that broke off may be resumed, in milliseconds; 0: not at all. */
  readonly resumeWindow: number;
  /** Compression window of what the server sends, as a power of two. */
  readonly deflateWindow: number;
}

export const DEFAULT_WIRE: WireSettings = {
  hetu1: ["jsonb"],
  hetu2: ["jsonb"],
  secret: undefined,
  plaintext: false,
  resumeWindow: 10_000,
  deflateWindow: 15,
};
