import type { MessagePackWriter } from "../wire/message-pack-writer.js";

/** What generated code knows of one system or endpoint. Names are schema names. */
export interface CallableSpec {
  readonly name: string;
  /** The property of the `systems` object given to `implement`, e.g. `moveTo`. */
  readonly implementation: string;
  /** Who may call it over the wire; `undefined`: nobody. */
  readonly permission: "everybody" | "user" | "admin" | undefined;
  readonly limit: { readonly times: number; readonly perMs: number } | undefined;
  readonly timeoutMs: number | undefined;
  /** Keys of `ctx.call`, e.g. `pay` or `remember:Shop`. */
  readonly calls: readonly CallSpec[];
  /** Errors that it may reject with, by schema name. */
  readonly rejects: readonly string[];
  /**
   * Turns arguments as they came over the wire into what user code gets, in order.
   * @throws SchemaValueError that names the system, the parameter, the limit and the value.
   */
  readArguments(values: readonly unknown[]): unknown[];
  /** The same checks for arguments that come from server code (`ctx.call`, tests). */
  checkArguments(values: readonly unknown[]): unknown[];
  /** Whether it has a result. */
  readonly returns: boolean;
  /**
   * Checks and writes the result in the form of hetu.2; a system without one writes `"ok"`.
   * @throws SchemaValueError when user code returned something else than declared.
   */
  writeResult(value: unknown, writer: MessagePackWriter): void;
}

export interface CallSpec {
  /** As in the schema: `pay`, `remember:Shop`. */
  readonly key: string;
  /** The property of `ctx.call`: `pay`, `remember:Shop`. */
  readonly property: string;
  readonly system: string;
  readonly suffix: string | undefined;
}

export interface SystemSpec extends CallableSpec {
  readonly kind: "system";
  /** Property of `ctx` and schema name of each component in `uses`. */
  readonly uses: readonly { readonly property: string; readonly component: string }[];
  readonly emits: readonly string[];
  readonly retry: number;
  readonly once: boolean;
  /** `@stale`: it only reads, from a state that may be so many milliseconds old. */
  readonly staleMs: number | undefined;
  readonly trigger:
    | { readonly kind: "on"; readonly event: "start" | "connect" | "disconnect" }
    | { readonly kind: "every"; readonly everyMs: number }
    | { readonly kind: "cron"; readonly expression: string }
    | undefined;
}

export interface EndpointSpec extends CallableSpec {
  readonly kind: "endpoint";
}

/** An `error` or an `event`: its name and how its fields go over the wire. */
export interface MessageSpec {
  readonly name: string;
  /**
   * Checks the value and writes a map by schema name, in the form of hetu.2.
   * @throws SchemaValueError
   */
  write(value: unknown, writer: MessagePackWriter): void;
}

/** A {@link MessageSpec} whose name the type checker can tell from another's. */
export interface NamedMessage<Name extends string> extends MessageSpec {
  readonly name: Name;
}

/** One field of `session { … }`. */
export interface SessionFieldSpec {
  readonly name: string;
  /** The property of `ctx.session`. */
  readonly property: string;
  /** @throws SchemaValueError when the value is not of the declared type. */
  check(value: unknown): unknown;
}
