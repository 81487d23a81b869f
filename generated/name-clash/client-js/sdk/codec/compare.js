/** Orders two numbers or two bigints. @returns negative, 0 or positive; 0 for `0` and `-0`. */
export function compareNumbers(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** `false` before `true`. */
export function compareBooleans(a, b) {
    return a === b ? 0 : a ? 1 : -1;
}
/**
 * Orders two texts by code point, as the server's indexes do. JavaScript's own `<` goes by UTF-16 unit, which puts
 * the characters of two units before U+E000…U+FFFF.
 */
export function compareTexts(a, b) {
    const length = Math.min(a.length, b.length);
    for (let at = 0; at < length; at++) {
        const unitA = a.charCodeAt(at);
        const unitB = b.charCodeAt(at);
        if (unitA !== unitB)
            return rank(unitA) - rank(unitB);
    }
    return a.length - b.length;
}
/** Puts surrogates above all other units. */
function rank(unit) {
    return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
/** Whether nothing has changed in a float, where NaN is the same as NaN. */
export function sameFloat(a, b) {
    return Object.is(a, b);
}
export function sameBytes(a, b) {
    if (a === undefined || b === undefined)
        return a === b;
    return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
