import type { Clock } from "../platform.js";
import type { Call } from "./call.js";
import type { CallOptions } from "./options.js";

/**
 * Watches the time and the signal of a call until it is settled.
 *
 * @param timeoutMs `Infinity`: no limit.
 * @param end told once, when one of them ends the call.
 */
export function limitCall(
  call: Call,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: CallOptions["signal"] },
  clock: Clock,
  end: (why: "time" | "signal") => void,
): void {
  if (call.settled) return;
  const timer = timeoutMs === Infinity ? undefined : clock.setTimeout(() => end("time"), timeoutMs);
  const onAbort = (): void => end("signal");
  signal?.addEventListener("abort", onAbort);
  call.onSettled = () => {
    clock.clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  };
}
