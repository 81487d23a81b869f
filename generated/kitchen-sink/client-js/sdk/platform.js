export const host = globalThis;
export const systemClock = {
    now: () => host.performance?.now() ?? Date.now(),
    setTimeout: (run, milliseconds) => host.setTimeout(run, milliseconds),
    clearTimeout: (timer) => host.clearTimeout(timer),
};
/**
 * Bytes that nobody can guess.
 * @throws Error where the platform has no Web Cryptography.
 */
export function randomBytes(count) {
    if (host.crypto === undefined)
        throw new Error("this platform has no crypto.getRandomValues, which @once calls and the layer crypto need");
    const bytes = new Uint8Array(count);
    host.crypto.getRandomValues(bytes);
    return bytes;
}
/** Whether this is a development build, as bundlers and Node say it. */
export function isDevelopment() {
    return host.process?.env?.["NODE_ENV"] !== "production";
}
/** Lets the platform report an error that nobody handles, without disturbing the caller. */
export function reportUnhandled(error) {
    if (host.reportError !== undefined) {
        host.reportError(error);
        return;
    }
    void Promise.reject(error instanceof Error ? error : new Error(String(error)));
}
