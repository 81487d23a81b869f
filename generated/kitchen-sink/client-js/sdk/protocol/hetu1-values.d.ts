/**
 * Arguments are encoded before it is known what the server will speak, as hetu.2 has them. hetu.1 differs in two types:
 * a `bool` is 0 or 1, an `f32` a float64.
 *
 * @param bytes values that this client's own writers have written, one after the other.
 * @returns the same bytes when there is neither.
 */
export declare function asHetu1(bytes: Uint8Array): Uint8Array;
