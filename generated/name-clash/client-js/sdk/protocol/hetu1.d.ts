import type { PageRequest, Protocol, ServerMessage, SubscriptionId, WireQuery } from "./protocol.js";
/** HeTu's own protocol: everything by name, no session that outlives its link. */
export declare class Hetu1 implements Protocol {
    readonly name = "hetu.1";
    readonly hasPages = false;
    readonly time: undefined;
    readonly resumed = false;
    readonly token: undefined;
    readonly position: undefined;
    hello(): undefined;
    writeCall(name: string, args: Uint8Array, count: number): Uint8Array;
    writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array;
    writeSubscribe({ component, index, left, right, limit, desc }: WireQuery): Uint8Array;
    writeUnsubscribe(subscription: SubscriptionId): Uint8Array;
    writeRead({ component, index }: PageRequest): never;
    writeClockRequest(): Uint8Array;
    signOfLife(): Uint8Array;
    eventProblem(): undefined;
    read(bytes: Uint8Array): readonly [ServerMessage];
}
