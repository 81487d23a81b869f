export * as codegen from "./codegen/index.js";
export { SchemaValueError } from "./codegen/schema-value-error.js";
export { exclusive } from "./schema/bound.js";
export { connection, everybody, user } from "./schema/recipient.js";
export { implement } from "./schema/schema.js";
export type { Bound, Exclusive, RangeOptions } from "./schema/bound.js";
export { defineMigration } from "./store/migration/migration.js";
export type { Migration, MigrationContext, MigrationRow } from "./store/migration/migration.js";
export type { Implementation, Schema } from "./schema/schema.js";
export type { Recipient } from "./transaction/contract.js";

// The server as a library.
export { createServer, HetuServer } from "./server/server.js";
export type { ServerEvents, ServerState } from "./server/server.js";
export type { ServerOptions } from "./server/options.js";
export type { RedisOptions, RedisStoreOptions } from "./server/store-options.js";
export type { Log } from "./server/log.js";
export { DataFolderError, NotYetSupportedError, ServerOptionsError, StartSystemError } from "./server/errors.js";
export { DEFAULT_LIMITS } from "./gate/limits.js";
export type { WireSettings } from "./gate/layers/wire-settings.js";
export type { GateLimits } from "./gate/limits.js";
export { CloseCode } from "./gate/close-code.js";
export { OperationsListener } from "./ops/operations-listener.js";
export type { OperationsOptions } from "./ops/operations-listener.js";

// Errors that systems may catch, and that starting may throw.
export {
  RowNotFoundError,
  SystemUsageError,
  TransactionClosedError,
  TransactionTooLargeError,
  UnawaitedOperationError,
  UniqueViolationError,
} from "./transaction/errors.js";
export {
  SchemaChangeError,
  StoreClosedError,
  StoreFailedError,
  StoreFormatError,
  StoreLockedError,
  StoreUpgradeUnfinishedError,
  UnknownTableError,
} from "./store/errors.js";
export type { DataChange, DataChangeKind, DataProblem } from "./store/migration/changes.js";
export {
  CommitOutcomeUnknownError,
  NotReplicatedError,
  StoreFullError,
  StoreUnwritableError,
} from "./store/redis/errors.js";
export { RedisUnreachableError } from "./store/redis/open-link.js";
export { RedisStartError, StoredSchemaError } from "./store/redis/registry/start-errors.js";
