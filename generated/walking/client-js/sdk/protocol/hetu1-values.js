/** Heads of MessagePack values; see github.com/msgpack/msgpack/blob/master/spec.md. */
const FALSE = 0xc2;
const TRUE = 0xc3;
const FLOAT32 = 0xca;
const FLOAT64 = 0xcb;
/** Bytes that follow the head of a value of fixed length. */
const FIXED = {
    0xcb: 8,
    0xcc: 1,
    0xcd: 2,
    0xce: 4,
    0xcf: 8,
    0xd0: 1,
    0xd1: 2,
    0xd2: 4,
    0xd3: 8,
};
/**
 * Arguments are encoded before it is known what the server will speak, as hetu.2 has them. hetu.1 differs in two types:
 * a `bool` is 0 or 1, an `f32` a float64.
 *
 * @param bytes values that this client's own writers have written, one after the other.
 * @returns the same bytes when there is neither.
 */
export function asHetu1(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const floats = [];
    const flags = [];
    for (let at = 0; at < bytes.length;) {
        const head = view.getUint8(at);
        if (head === FLOAT32)
            floats.push(at);
        else if (head === FALSE || head === TRUE)
            flags.push(at);
        at += head === FLOAT32 ? 5 : 1 + lengthBehind(view, at, head);
    }
    if (floats.length === 0 && flags.length === 0)
        return bytes;
    for (const at of flags)
        floats.push(at);
    return rewrite(bytes, view, floats.sort((a, b) => a - b));
}
/** Bytes behind the head that belong to no other value; the elements of arrays and maps are values of their own. */
function lengthBehind(view, at, head) {
    if (head >= 0xa0 && head <= 0xbf)
        return head & 0x1f;
    if (head === 0xc4 || head === 0xd9)
        return 1 + view.getUint8(at + 1);
    if (head === 0xc5 || head === 0xda)
        return 2 + view.getUint16(at + 1);
    if (head === 0xc6 || head === 0xdb)
        return 4 + view.getUint32(at + 1);
    if (head === 0xdc || head === 0xde)
        return 2;
    if (head === 0xdd || head === 0xdf)
        return 4;
    return FIXED[head] ?? 0;
}
/** @param places heads of flags and of floats of 32 bits, ascending. */
function rewrite(bytes, view, places) {
    const result = new Uint8Array(bytes.length + places.length * 4);
    const target = new DataView(result.buffer);
    let read = 0;
    let written = 0;
    for (const place of places) {
        result.set(bytes.subarray(read, place), written);
        written += place - read;
        if (view.getUint8(place) === FLOAT32) {
            target.setUint8(written, FLOAT64);
            target.setFloat64(written + 1, view.getFloat32(place + 1));
            written += 9;
            read = place + 5;
        }
        else {
            target.setUint8(written, view.getUint8(place) === TRUE ? 1 : 0);
            written += 1;
            read = place + 1;
        }
    }
    result.set(bytes.subarray(read), written);
    return result.subarray(0, written + bytes.length - read);
}
