import { DEFAULT_LIMITS, type GateLimits } from "../gate/limits.js";
import type { Implementation } from "../schema/schema.js";
import { NotYetSupportedError, ServerOptionsError } from "./errors.js";
import type { ServerOptions } from "./options.js";

/**
 * What is served, by instance name.
 * @throws ServerOptionsError, NotYetSupportedError
 */
export function checkInstances(options: ServerOptions): ReadonlyMap<string, Implementation> {
  const { implementation, instances } = options;
  if ((implementation === undefined) === (instances === undefined)) {
    throw new ServerOptionsError("createServer needs either implementation or instances");
  }
  const named =
    implementation === undefined
      ? Object.entries(instances ?? {})
      : [[implementation.schema.namespace, implementation] as const];
  if (named.length === 0)
    throw new ServerOptionsError("instances is empty: name at least one, { walking: implementation }");
  for (const [name, each] of named) {
    checkInstanceName(name);
    checkImplementation(each, `instance ${name}`);
  }
  return new Map(named);
}

/** Also keeps the keys of instances on one Redis apart. @throws ServerOptionsError */
export function checkInstanceName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) return;
  throw new ServerOptionsError(
    `instance name ${JSON.stringify(name)}: use 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit; ` +
      "it stands in the URL and names the folder of the data",
  );
}

/** @throws ServerOptionsError, NotYetSupportedError */
export function checkImplementation(value: unknown, where: string): asserts value is Implementation {
  if (!isImplementation(value)) {
    throw new ServerOptionsError(
      `${where}: expected what implement(schema, { … }) returns; is it the default export of the server's entry file?`,
    );
  }
  if (value.schema.notYet.length > 0) throw new NotYetSupportedError(value.schema.namespace, value.schema.notYet);
  checkCode(value, where);
}

/** Before any data is opened: a store that was brought to a new schema cannot go back to the old one. */
function checkCode({ schema, systems }: Implementation, where: string): void {
  const missing = [...schema.systems, ...schema.endpoints].filter(
    (each) => typeof systems[each.implementation] !== "function",
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  const code = missing.map(({ implementation }) => `${implementation}() { … }`).join(", ");
  throw new ServerOptionsError(
    `${where}: ${names} of the schema ${missing.length === 1 ? "has" : "have"} no code: implement(schema, { ${code} })`,
  );
}

/** Functions of the code that the schema has nothing for: nobody can call them. */
export function codeWithoutSchema({ schema, systems }: Implementation): readonly string[] {
  const known = new Set([...schema.systems, ...schema.endpoints].map(({ implementation }) => implementation));
  return Object.keys(systems).filter((name) => !known.has(name));
}

function isImplementation(value: unknown): value is Implementation {
  if (typeof value !== "object" || value === null || !("schema" in value) || !("systems" in value)) return false;
  const { schema } = value;
  return typeof schema === "object" && schema !== null && "namespace" in schema && "notYet" in schema;
}

/** @throws ServerOptionsError that names the limit and the value. */
export function checkLimits(given: Partial<GateLimits> | undefined): GateLimits {
  const limits = { ...DEFAULT_LIMITS, ...given };
  for (const [name, value] of Object.entries(limits) as [string, unknown][]) {
    if (!(name in DEFAULT_LIMITS)) {
      throw new ServerOptionsError(`limits.${name} is unknown; known are ${Object.keys(DEFAULT_LIMITS).join(", ")}`);
    }
    if (typeof value !== "number" || !(value > 0)) {
      throw new ServerOptionsError(
        `limits.${name} is ${String(value)}: it must be a positive number, or Infinity for none`,
      );
    }
  }
  if (!Number.isFinite(limits.maxMessage)) {
    throw new ServerOptionsError("limits.maxMessage must be finite: without it one message could fill the memory");
  }
  return limits;
}

/** @throws ServerOptionsError */
export function checkNumber(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ServerOptionsError(`${name} is ${value}: it must be a whole number from ${min} to ${max}`);
}
