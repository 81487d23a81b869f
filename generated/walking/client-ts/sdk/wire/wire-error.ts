/**
 * Bytes that are no frame of the protocol: not MessagePack, too deep, or of another shape. Whoever reads them closes
 * the connection; `message` is for logs.
 */
export class WireError extends Error {
  override readonly name = "WireError";
}
