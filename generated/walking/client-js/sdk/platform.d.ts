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
    readonly performance?: {
        now(): number;
    };
    readonly crypto?: {
        getRandomValues(bytes: Uint8Array): unknown;
    };
    readonly console?: {
        warn(text: string): void;
    };
    readonly process?: {
        readonly env?: Readonly<Record<string, string | undefined>>;
    };
    reportError?(error: unknown): void;
    readonly WebSocket?: unknown;
    addEventListener?(type: string, listener: () => void): void;
    removeEventListener?(type: string, listener: () => void): void;
}
export declare const host: Host;
export declare const systemClock: Clock;
/**
 * Bytes that nobody can guess.
 * @throws Error where the platform has no Web Cryptography.
 */
export declare function randomBytes(count: number): Uint8Array;
/** Whether this is a development build, as bundlers and Node say it. */
export declare function isDevelopment(): boolean;
/** Lets the platform report an error that nobody handles, without disturbing the caller. */
export declare function reportUnhandled(error: unknown): void;
export {};
