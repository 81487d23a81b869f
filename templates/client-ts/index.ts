/** What applications use of the client. Generated namespaces export it too. */
export { Client } from "./client.js";
export type { UnknownValue } from "./codec/enum-type.js";
export {
  CallFailedError,
  CallRejectedError,
  CallTimeoutError,
  ClientError,
  ConnectionClosedError,
  ConnectionLostError,
  FetchTimeoutError,
  OutcomeUnknownError,
  QueueFullError,
  SchemaMismatchError,
  SchemaValueError,
  SubscriptionRefusedError,
} from "./errors.js";
export { Events } from "./events.js";
export { type Bound, Exclusive, exclusive } from "./live/bounds.js";
export type { Change } from "./live/change.js";
export type { Component, CopiedComponent, Row } from "./live/component.js";
export { LiveQuery } from "./live/live-query.js";
export { LiveRange } from "./live/live-range.js";
export { LiveRow } from "./live/live-row.js";
export type { Cursor, Page } from "./live/page.js";
export { DEFAULT_LIMIT, type FetchOptions, type Query, type RangeOptions } from "./live/query.js";
export type { Clock } from "./platform.js";
export type { ProtocolName } from "./protocol/protocol.js";
export type { ConnectionState } from "./session/connection-state.js";
export type { Bootstrap, CallOptions, ConnectOptions, LayerOptions, ReconnectOptions } from "./session/options.js";
export type { Transport, TransportEvents, TransportSocket, WebSocketConstructor } from "./session/transport.js";
export type { Unsubscribe } from "./signal.js";
export type { ClientLayer, ClientLayerFactory } from "./wire.js";
