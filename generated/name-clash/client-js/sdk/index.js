/** What applications use of the client. Generated namespaces export it too. */
export { Client } from "./client.js";
export { CallFailedError, CallRejectedError, CallTimeoutError, ClientError, ConnectionClosedError, ConnectionLostError, FetchTimeoutError, OutcomeUnknownError, QueueFullError, SchemaMismatchError, SchemaValueError, SubscriptionRefusedError, } from "./errors.js";
export { Events } from "./events.js";
export { Exclusive, exclusive } from "./live/bounds.js";
export { LiveQuery } from "./live/live-query.js";
export { LiveRange } from "./live/live-range.js";
export { LiveRow } from "./live/live-row.js";
export { DEFAULT_LIMIT } from "./live/query.js";
