import type { EndpointSpec, MessageSpec, SessionFieldSpec, SystemSpec } from "./callable.js";
import type { NamespaceWire } from "../wire/hetu2/description.js";
import type { ComponentCodec } from "./component.js";

/**
 * One namespace as generated server code describes it to the runtime. `Systems` is the type of the object that
 * `implement` takes; it exists only for the type checker.
 */
export interface Schema<Systems = unknown> {
  readonly namespace: string;
  readonly fingerprint: string;
  /** The model of this namespace as JSON text: stored beside the data to plan migrations; parsed only at start. */
  readonly model: string;
  /** What hetu.2 numbers of it. */
  readonly wire: NamespaceWire;
  readonly components: readonly ComponentCodec[];
  /** Every physical table: `Inventory`, `Inventory:Shop`. */
  readonly tables: readonly {
    readonly name: string;
    readonly component: string;
    readonly suffix: string | undefined;
    /** Tables with the same number take part in transactions together; those with another one never do. */
    readonly cluster: number;
    /** `@backend(name)`; all of a cluster have the same. */
    readonly backend: string | undefined;
  }[];
  readonly systems: readonly SystemSpec[];
  readonly endpoints: readonly EndpointSpec[];
  readonly errors: readonly MessageSpec[];
  readonly events: readonly MessageSpec[];
  readonly session: readonly SessionFieldSpec[];
  /** What the schema asks for and this version does not run, as `@every of system reap_sessions`; start is refused. */
  readonly notYet: readonly string[];
  /** Never present; carries the type. */
  readonly systemsType?: Systems;
}

/** A schema with its code, as `createServer` and `hetu start` take it. */
export interface Implementation {
  readonly schema: Schema;
  readonly systems: Readonly<Record<string, (context: never, ...args: never[]) => unknown>>;
  /** Names of the project's migrations: data that begins with this schema needs none of them. `hetu` fills it in. */
  readonly migrations?: readonly string[];
}

/**
 * Joins a generated schema with the code of its systems. A missing, unknown or mistyped system is a type error.
 */
export function implement<Systems extends object>(schema: Schema<Systems>, systems: NoInfer<Systems>): Implementation {
  return { schema, systems: systems as unknown as Implementation["systems"] };
}
