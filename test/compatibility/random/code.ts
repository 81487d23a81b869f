import { everybody } from "hetu";
import type { AnyContext, Behaviours } from "../server-code.js";
import type { RandomComponent, RandomSchema } from "./schema.js";
import { shown, valueOf, valuesOf } from "./values.js";

/** Rows that every component begins with. */
const SEEDED = [1, 2, 3];
const TOUCHED = 7;

/** What the code of a server does, and what its callables were given: by the name of the parameter. */
export interface RandomCode {
  readonly behaviours: Behaviours;
  readonly given: Map<string, Readonly<Record<string, string>>>;
}

/** Code that says what it is given, and answers in the same way whatever its schema is. */
export function randomCode(schema: RandomSchema): RandomCode {
  const given = new Map<string, Readonly<Record<string, string>>>();
  const touched = new Map<string, unknown>();
  const { components, groups, callables } = schema;
  const each = async (act: (component: RandomComponent) => Promise<unknown>): Promise<void> => {
    for (const component of components) await act(component);
  };
  const behaviours: Behaviours = {
    login(context, user) {
      context.elevate(user as bigint);
      return user;
    },
    async seed(context, user) {
      await each(async ({ name, columns }) => {
        for (const which of SEEDED) await context.store(name).insert(valuesOf(columns, which, schema));
      });
      return user;
    },
    async touch(context, user) {
      await each(async ({ name, columns }) => {
        const row = await context.store(name).insert(valuesOf(columns, TOUCHED, schema));
        touched.set(name, row["id"]);
      });
      return user;
    },
    async change(context, user) {
      await each(async ({ name, columns }) => {
        const count = columns.find((column) => column.name === "count");
        const row = await context.store(name).get({ id: touched.get(name) });
        if (count !== undefined && row !== undefined) row["count"] = valueOf(count, TOUCHED + 1, schema, "plain");
      });
      return user;
    },
    fire(context) {
      for (const { kind, name, fields } of groups) {
        if (kind === "event") context.send(everybody, context.message(name), valuesOf(fields, 1, schema));
      }
    },
  };
  const own = callables.map(({ name, params, result, rejects }) => {
    const behave = (context: AnyContext, ...args: readonly unknown[]): unknown => {
      given.set(name, Object.fromEntries(params.map((param, at) => [param.name, shown(param.type, args[at], schema)])));
      const error = groups.find((group) => group.name === rejects);
      if (error !== undefined) context.reject(context.message(error.name), valuesOf(error.fields, 1, schema));
      return result === undefined ? undefined : valueOf({ type: result }, 1, schema, "plain");
    };
    return [name, behave] as const;
  });
  return { behaviours: { ...behaviours, ...Object.fromEntries(own) }, given };
}
