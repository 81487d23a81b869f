import type { WebSocket } from "ws";
import type { ServerLayer } from "../wire/layers/index.js";
import { CloseCode, fitReason } from "./close-code.js";
import { shakeHands } from "./handshake.js";
import { noHandshake, TEXT_FRAME } from "./refusals.js";

/** Longer ones are as good as none, and timers know none. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Tells a client that there is no such instance. */
export function refuseUnknown(webSocket: WebSocket, name: string): void {
  webSocket.close(CloseCode.unknownInstance, fitReason(`unknown instance ${JSON.stringify(name.slice(0, 64))}`));
}

/**
 * Likewise where a key is configured: only a client that has it learns which instances there are. The others see what
 * a real instance would have shown them.
 *
 * @param layers those of the protocol, to judge the handshake with; `undefined`: it is not spoken.
 * @param handshakeTimeout milliseconds.
 */
export function refuseStranger(
  webSocket: WebSocket,
  name: string,
  layers: readonly ServerLayer[] | undefined,
  handshakeTimeout: number,
): void {
  const timer = setTimeout(
    () => webSocket.close(CloseCode.timeout, noHandshake(handshakeTimeout)),
    Math.min(handshakeTimeout, LONGEST_TIMEOUT),
  );
  webSocket.once("close", () => clearTimeout(timer));
  webSocket.once("message", (data: Buffer, isBinary) => {
    if (!isBinary) {
      webSocket.close(CloseCode.unsupportedData, TEXT_FRAME);
      return;
    }
    const handshake = shakeHands(data, layers);
    if (handshake.status === "shaken") {
      handshake.layers.close();
      refuseUnknown(webSocket, name);
      return;
    }
    if (handshake.answer !== undefined) webSocket.send(handshake.answer, { binary: true });
    webSocket.close(handshake.code, fitReason(handshake.reason));
  });
}
