import type { Clock } from "../platform.js";
import type { Call } from "./call.js";
import type { CallOptions } from "./options.js";
/**
 * Watches the time and the signal of a call until it is settled.
 *
 * @param timeoutMs `Infinity`: no limit.
 * @param end told once, when one of them ends the call.
 */
export declare function limitCall(call: Call, { timeoutMs, signal }: {
    readonly timeoutMs: number;
    readonly signal: CallOptions["signal"];
}, clock: Clock, end: (why: "time" | "signal") => void): void;
