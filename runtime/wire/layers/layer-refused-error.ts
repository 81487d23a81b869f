/** The server does not accept a client's entry of the handshake; `message` says why and may be told to the client. */
export class LayerRefusedError extends Error {
  override readonly name = "LayerRefusedError";
  /** Name of the layer that refuses. */
  readonly layer: string;

  /**
   * @param layer name of the layer that refuses.
   * @param reason one sentence without a secret in it.
   */
  constructor(layer: string, reason: string) {
    super(`${layer}: ${reason}`);
    this.layer = layer;
  }
}
