import { readHandshake, WireError, writeHandshake } from "../wire/frames.js";
import {
  LAYER_NAMES,
  LayerRefusedError,
  LayerStack,
  type LayerStream,
  type ServerLayer,
} from "../wire/layers/index.js";
import { CloseCode } from "./close-code.js";

/** What is answered when a layer refuses, and when `jsonb` is the only layer. */
const EMPTY_ANSWER = writeHandshake([]);

/** How a handshake ended. */
export type Handshake =
  /** The answer leaves as it is; everything behind it goes through the layers. */
  | { readonly status: "shaken"; readonly answer: Uint8Array; readonly layers: LayerStack }
  /** The connection is to be closed; without an answer when it is no handshake for these layers. */
  | {
      readonly status: "refused";
      readonly answer: Uint8Array | undefined;
      readonly code: CloseCode;
      readonly reason: string;
    };

/**
 * Shakes hands with a client: one entry for each layer, in order.
 * @param layers without `jsonb`, which has no entry; `undefined`: the protocol is not spoken.
 */
export function shakeHands(bytes: Uint8Array, layers: readonly ServerLayer[] | undefined): Handshake {
  if (layers === undefined) {
    return refused(CloseCode.layersRefused, "this server does not speak hetu.1");
  }
  const names = [LAYER_NAMES[0], ...layers.map(({ name }) => name)].join(", ");
  const expected = `handshake: expected an array of ${layers.length} entries (layers: ${names})`;
  let hellos: readonly Uint8Array[];
  try {
    hellos = readHandshake(bytes);
  } catch (error) {
    if (error instanceof WireError) return refused(CloseCode.protocolError, `${expected}: ${error.message}`);
    throw error;
  }
  if (hellos.length !== layers.length) {
    return refused(CloseCode.protocolError, `${expected}, got ${hellos.length}`);
  }
  return acceptAll(hellos, layers);
}

function refused(code: CloseCode, reason: string): Handshake {
  return { status: "refused", answer: undefined, code, reason };
}

function acceptAll(hellos: readonly Uint8Array[], layers: readonly ServerLayer[]): Handshake {
  const answers: Uint8Array[] = [];
  const streams: LayerStream[] = [];
  try {
    for (const [i, layer] of layers.entries()) {
      const { answer, stream } = layer.accept(hellos[i] ?? EMPTY_ANSWER);
      answers.push(answer);
      streams.push(stream);
    }
  } catch (error) {
    for (const stream of streams) stream.close?.();
    if (!(error instanceof LayerRefusedError)) throw error;
    return { status: "refused", answer: EMPTY_ANSWER, code: CloseCode.layersRefused, reason: error.message };
  }
  return { status: "shaken", answer: writeHandshake(answers), layers: new LayerStack(streams) };
}
