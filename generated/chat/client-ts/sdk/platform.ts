/** Time and timers; replaced in tests. */
export interface Clock {
  /** Milliseconds that never run backwards; only differences mean something. */
  now(): number;
  setTimeout(run: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** What browsers, workers and Node have in common, as far as this client uses it. */
interface Host {
  setTimeout(run: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
  readonly performance?: { now(): number };
  readonly crypto?: { getRandomValues(bytes: Uint8Array): unknown };
  readonly console?: { warn(text: string): void };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  reportError?(error: unknown): void;
  readonly WebSocket?: unknown;
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

export const host: Host = globalThis;

export const systemClock: Clock = {
  now: () => host.performance?.now() ?? Date.now(),
  setTimeout: (run, milliseconds) => host.setTimeout(run, milliseconds),
  clearTimeout: (timer) => host.clearTimeout(timer),
};

/**
 * Bytes that nobody can guess.
 * @throws Error where the platform has no Web Cryptography.
 */
export function randomBytes(count: number): Uint8Array {
  if (host.crypto === undefined)
    throw new Error("this platform has no crypto.getRandomValues, which @once calls and the layer crypto need");
  const bytes = new Uint8Array(count);
  host.crypto.getRandomValues(bytes);
  return bytes;
}

/** Whether this is a development build, as bundlers and Node say it. */
export function isDevelopment(): boolean {
  return host.process?.env?.["NODE_ENV"] !== "production";
}

/** Lets the platform report an error that nobody handles, without disturbing the caller. */
export function reportUnhandled(error: unknown): void {
  if (host.reportError !== undefined) {
    host.reportError(error);
    return;
  }
  void Promise.reject(error instanceof Error ? error : new Error(String(error)));
}
