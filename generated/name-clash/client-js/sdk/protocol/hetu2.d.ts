import * as hetu2 from "../wire-hetu2.js";
import type { PageRequest, Protocol, ResumePoint, ServerMessage, SubscriptionId, WireQuery } from "./protocol.js";
/** The protocol of this project's server: numbers for names, rows as arrays, sessions that outlive their links. */
export declare class Hetu2 implements Protocol {
    #private;
    readonly name = "hetu.2";
    readonly hasPages = true;
    /** @param resume `undefined`: a new session. */
    constructor(wire: hetu2.NamespaceWire, resume: ResumePoint | undefined);
    get time(): number | undefined;
    get resumed(): boolean;
    get token(): Uint8Array | undefined;
    get position(): number | undefined;
    hello(): Uint8Array;
    writeCall(name: string, args: Uint8Array, count: number): Uint8Array;
    writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array;
    writeSubscribe(query: WireQuery, held: readonly bigint[] | undefined): Uint8Array;
    writeUnsubscribe(subscription: SubscriptionId): Uint8Array;
    writeRead({ after, count, ...query }: PageRequest): Uint8Array;
    writeClockRequest(): Uint8Array;
    signOfLife(): Uint8Array;
    eventProblem(name: string): Error | undefined;
    read(bytes: Uint8Array): readonly ServerMessage[];
}
