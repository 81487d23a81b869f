import type { Protocol, ResumePoint } from "../protocol/protocol.js";
/** Where a session can be gone on with after its link has dropped. */
export declare class Resumption {
    #private;
    /** For the next attempt; one that comes to nothing leaves it for the one after. */
    get point(): ResumePoint | undefined;
    /** A session has begun: the token was given, and is used up. */
    begun(protocol: Protocol): void;
    /**
     * The link of a session that had begun has dropped.
     *
     * @param wasConnected whether the application had logged in: otherwise there is nothing to go on with.
     * @param isStale whether rows are shown that an earlier link has told: then what they have seen counts. When that
     *   link's session was not gone on with, nobody can tell what has changed since.
     */
    ended({ token, position }: Protocol, wasConnected: boolean, isStale: boolean): void;
}
