import { type Implementation, everybody } from "hetu";
import type { Schema } from "../../runtime/schema/schema.js";

type Values = Readonly<Record<string, unknown>>;

/** A component as server code has it, of a schema that the type checker has not seen. */
export interface AnyStore {
  insert(values: Values): Promise<Record<string, unknown>>;
  get(key: Values): Promise<Record<string, unknown> | undefined>;
  upsert(key: Values, values?: Values): Promise<Record<string, unknown>>;
}

/** The context of a system. */
export interface AnyContext {
  readonly caller: bigint | undefined;
  readonly call: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;
  elevate(user: bigint): void;
  send(to: unknown, event: unknown, value: Values): void;
  reject(error: unknown, fields: Values): never;
  /** The component of that name. */
  store(name: string): AnyStore;
  /** An error or an event of the schema. */
  message(name: string): unknown;
}

export type Behaviour = (context: AnyContext, ...args: readonly unknown[]) => unknown;

/** Code by the property of `implement`. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

/** What generated code for one namespace exports. */
export type ServerModule = Readonly<Record<string, unknown>> & { readonly schema: Schema };

/** Systems that all scenarios share, as far as their schemas have them. */
const COMMON: Behaviours = {
  async put(context, owner, kind) {
    await context.store("Item").insert({ owner, kind });
    return owner;
  },
  login(context, user) {
    context.elevate(user as bigint);
    return user;
  },
  shout: (context, text) => context.send(everybody, context.message("Shout"), { text, loud: 1 }),
};

/** Code for every system of a schema: what is told, what is common, or nothing at all. */
export function implementationOf(module: ServerModule, own: Behaviours = {}): Implementation {
  const code: Behaviours = { ...COMMON, ...own };
  const { schema } = module;
  const systems = [...schema.systems, ...schema.endpoints].map(({ implementation }) => {
    const behaviour = code[implementation] ?? (() => undefined);
    const run = (context: never, ...args: never[]): unknown => behaviour(anyContext(context, module), ...args);
    return [implementation, run] as const;
  });
  return { schema, systems: Object.fromEntries(systems) };
}

function anyContext(context: object, module: ServerModule): AnyContext {
  return new Proxy(context as AnyContext, {
    get(target, property) {
      if (property === "store") return (name: string) => Reflect.get(target, name) as AnyStore;
      if (property === "message") return (name: string) => module[name];
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
