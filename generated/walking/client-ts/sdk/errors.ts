/** Base of every error of this client. `code` is stable; texts are for people and may change. */
export abstract class ClientError extends Error {
  abstract readonly code: string;
}

/** The server refused a call: nothing of it took effect. Each `error` of the schema is a subclass. */
export class CallRejectedError extends ClientError {
  /** The name of the error in the schema, or a built-in code such as `RATE_LIMITED`, `FORBIDDEN`, `TIMEOUT`. */
  readonly code: string;
  /** The system or endpoint, as the schema calls it. */
  readonly system: string;
  /** The error's fields by schema name as they came; `{ reason }` or nothing for built-in codes. */
  readonly fields: unknown;

  constructor(system: string, code: string, fields: unknown) {
    const reason = reasonOf(fields);
    super(`${system} was rejected: ${code}${reason === undefined ? "" : ` (${reason})`}`);
    this.name = "CallRejectedError";
    this.system = system;
    this.code = code;
    this.fields = fields;
  }
}

/** Server code threw: the transaction was rolled back. `reason` is `INTERNAL` unless the server is in debug mode. */
export class CallFailedError extends ClientError {
  readonly code = "CALL_FAILED";
  readonly system: string;
  readonly reason: string;

  constructor(system: string, reason: string) {
    super(`${system} failed on the server: ${reason}`);
    this.name = "CallFailedError";
    this.system = system;
    this.reason = reason;
  }
}

/**
 * The call was sent and its answer will not come: the link dropped, or its time ran out. It may have taken effect or
 * not. Systems marked `@once` are sent again instead when a link drops.
 */
export class OutcomeUnknownError extends ClientError {
  readonly code = "OUTCOME_UNKNOWN";
  readonly system: string;

  constructor(system: string, why: string, cause?: unknown) {
    super(`${system} was sent, then ${why}: it may have taken effect or not`, { cause });
    this.name = "OutcomeUnknownError";
    this.system = system;
  }
}

/** The call was not sent in time: it has no effect. */
export class CallTimeoutError extends ClientError {
  readonly code = "CALL_TIMEOUT";
  readonly system: string;

  /** @param reason why there is no connection. */
  constructor(system: string, milliseconds: number, status: string, reason: Error | undefined) {
    const because = reason === undefined ? "" : ` (${reason.message})`;
    const hint =
      status === "bootstrapping"
        ? "; inside of bootstrap, use the calls that it is given instead of client.calls"
        : because;
    super(`${system} was not sent within ${milliseconds} ms: the connection is ${status}${hint}`, { cause: reason });
    this.name = "CallTimeoutError";
    this.system = system;
  }
}

/** A fetch was not answered in time (option `callTimeoutMs`). */
export class FetchTimeoutError extends ClientError {
  readonly code = "FETCH_TIMEOUT";
  /** Component and index. */
  readonly source: string;

  constructor(source: string, milliseconds: number, status: string) {
    super(`the fetch of ${source} was not answered within ${milliseconds} ms: the connection is ${status}`);
    this.name = "FetchTimeoutError";
    this.source = source;
  }
}

/** Too many calls wait for the connection already: this one was not sent. See the option `maxQueued`. */
export class QueueFullError extends ClientError {
  readonly code = "QUEUE_FULL";
  readonly system: string;

  constructor(system: string, limit: number) {
    super(`${system} was not sent: ${limit} calls are waiting already (option maxQueued)`);
    this.name = "QueueFullError";
    this.system = system;
  }
}

/**
 * The server gives no rows for a query: the caller may not read the component, or the query is impossible. On hetu.2 the
 * server says why.
 */
export class SubscriptionRefusedError extends ClientError {
  readonly code = "SUBSCRIPTION_REFUSED";
  readonly component: string;
  readonly index: string;
  /**
   * `FORBIDDEN`, `UNKNOWN_COMPONENT`, `UNKNOWN_INDEX`, `BAD_BOUND`, `TOO_MANY_SUBSCRIPTIONS` or `SCAN_LIMIT`;
   * `undefined` on hetu.1, which does not tell.
   */
  readonly refusal: string | undefined;
  /** The server's own words, on hetu.2. */
  readonly reason: string | undefined;

  constructor(component: string, index: string, refusal?: string, reason?: string) {
    const why =
      refusal === undefined
        ? `the caller may not read ${component}, holds too many live queries, or the server runs a schema without it`
        : `${refusal}${reason === undefined || reason === "" ? "" : ` (${reason})`}`;
    super(`the server refused the query of ${component} by ${index}: ${why}`);
    this.name = "SubscriptionRefusedError";
    this.component = component;
    this.index = index;
    this.refusal = refusal;
    this.reason = reason;
  }
}

/** The link to the server could not be made, or broke. */
export class ConnectionLostError extends ClientError {
  readonly code = "CONNECTION_LOST";
  /** The close code of the WebSocket; 1006 when there was none. */
  readonly closeCode: number;

  constructor(why: string, closeCode: number = 1006, cause?: unknown) {
    super(why, { cause });
    this.name = "ConnectionLostError";
    this.closeCode = closeCode;
  }
}

/** The client was closed, by `close()` or because it cannot go on (then `cause` says why): this was not sent. */
export class ConnectionClosedError extends ClientError {
  readonly code = "CONNECTION_CLOSED";

  constructor(what: string, cause?: unknown) {
    super(`${what}: the client is closed${cause instanceof Error ? ` (${cause.message})` : ""}`, { cause });
    this.name = "ConnectionClosedError";
  }
}

/** This client and the server were built from different schemas, and they differ in what is asked for. */
export class SchemaMismatchError extends ClientError {
  readonly code = "SCHEMA_MISMATCH";
  /** The place, as the schema calls it: `Position.zone`. */
  readonly path: string;

  /** @param difference what follows the path in a sentence: `is f32 here and f64 on the server`. */
  constructor(path: string, difference: string) {
    super(`${path} ${difference}: the server runs another version of the schema; build the client again`);
    this.name = "SchemaMismatchError";
    this.path = path;
  }
}

/** A value that came and is not what this client's schema says. @param expected a noun: `a bool`. */
export function unexpected(path: string, expected: string, value: unknown): SchemaMismatchError {
  return new SchemaMismatchError(path, `came as ${describe(value)} instead of ${expected}`);
}

/**
 * A value that the schema does not allow; nothing was sent. `path` names the place as the schema calls it:
 * `move_to.x` is a parameter, `Position.zone` the bound of a query, `Receipt.notes[2]` an element.
 */
export class SchemaValueError extends ClientError {
  readonly code = "SCHEMA_VALUE";
  readonly path: string;
  /** What is allowed, as a noun: `a whole number from 0 to 255`. */
  readonly limit: string;
  readonly value: unknown;

  constructor(path: string, limit: string, value: unknown, hint?: string) {
    super(`${path} must be ${limit}; got ${describe(value)}${hint === undefined ? "" : ` (${hint})`}`);
    this.name = "SchemaValueError";
    this.path = path;
    this.limit = limit;
    this.value = value;
  }
}

/** Longest piece of a text that a message repeats. */
const SHOWN_CHARACTERS = 40;

function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length <= SHOWN_CHARACTERS
        ? JSON.stringify(value)
        : `${JSON.stringify(value.slice(0, SHOWN_CHARACTERS))}… (${value.length} UTF-16 units)`;
    case "bigint":
      return `${value}n`;
    case "undefined":
      return "nothing";
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Uint8Array) return `${value.length} bytes`;
      return Array.isArray(value) ? `an array of ${value.length}` : "an object";
    default:
      return `a ${typeof value}`;
  }
}

function reasonOf(fields: unknown): string | undefined {
  if (typeof fields !== "object" || fields === null || !("reason" in fields)) return undefined;
  return typeof fields.reason === "string" ? fields.reason : undefined;
}
