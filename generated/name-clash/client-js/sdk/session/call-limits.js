/**
 * Watches the time and the signal of a call until it is settled.
 *
 * @param timeoutMs `Infinity`: no limit.
 * @param end told once, when one of them ends the call.
 */
export function limitCall(call, { timeoutMs, signal }, clock, end) {
    if (call.settled)
        return;
    const timer = timeoutMs === Infinity ? undefined : clock.setTimeout(() => end("time"), timeoutMs);
    const onAbort = () => end("signal");
    signal?.addEventListener("abort", onAbort);
    call.onSettled = () => {
        clock.clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
    };
}
