/**
 * Bytes that are no frame of the protocol: not MessagePack, too deep, or of another shape. Whoever reads them closes
 * the connection; `message` is for logs.
 */
export declare class WireError extends Error {
    readonly name = "WireError";
}
