import { systemClock } from "../platform.js";
import { LAYERS_REFUSED } from "./layer-handshake.js";
import { webSocketTransport } from "./transport.js";
/** Kicked, refused, unknown instance, other layers: the server means it, and would say it again. */
const FINAL_CLOSE_CODES = new Set([4001, 4003, 4004, LAYERS_REFUSED]);
/** @throws RangeError that names the option, when a number makes no sense. */
export function settingsOf(options) {
    const reconnect = options.reconnect === false ? { maxAttempts: 0 } : (options.reconnect ?? {});
    return {
        protocols: protocolsOf(options.protocols),
        layers: { "hetu.1": options.layers?.hetu1 ?? [], "hetu.2": options.layers?.hetu2 ?? [] },
        backoff: {
            baseMs: positive("reconnect.baseMs", reconnect.baseMs, 250),
            maxMs: positive("reconnect.maxMs", reconnect.maxMs, 15_000),
        },
        maxAttempts: reconnect.maxAttempts ?? Infinity,
        reconnectWhen: reconnect.when ?? ((loss) => !FINAL_CLOSE_CODES.has(loss.closeCode)),
        connectTimeoutMs: positive("connectTimeoutMs", options.connectTimeoutMs, 10_000),
        callTimeoutMs: positive("callTimeoutMs", options.callTimeoutMs, 30_000),
        maxQueued: positive("maxQueued", options.maxQueued, 1_000),
        maxInFlight: positive("maxInFlight", options.maxInFlight, 256),
        keepAliveMs: positive("keepAliveMs", options.keepAliveMs, 20_000),
        keepAliveTimeoutMs: positive("keepAliveTimeoutMs", options.keepAliveTimeoutMs, 10_000),
        transport: options.transport ?? webSocketTransport(options.webSocket),
        clock: options.clock ?? systemClock,
        random: options.random ?? Math.random,
    };
}
function positive(name, value, byDefault) {
    if (value === undefined)
        return byDefault;
    if (value > 0)
        return value;
    throw new RangeError(`option ${name} must be a number above 0; got ${value}`);
}
function protocolsOf(given = ["hetu.2", "hetu.1"]) {
    const known = given.filter((name) => name === "hetu.1" || name === "hetu.2");
    if (known.length === given.length && known.length > 0)
        return known;
    throw new RangeError(`option protocols must have "hetu.1", "hetu.2" or both; got ${JSON.stringify(given)}`);
}
