import { SchemaMismatchError } from "../errors.js";
import type { ComponentDescription, FieldDescription, MessageDescription, WireDescription } from "../wire-hetu2.js";

/** Where a component of this client's schema stands on the wire. */
export interface ComponentMap {
  readonly number: number;
  /** Numbers of the indexes by name, `id` included. */
  readonly indexes: ReadonlyMap<string, number>;
  /** The server's positions of this client's columns, `id` not counted; `undefined`: the same ones. */
  readonly columns: readonly number[] | undefined;
}

type Checked<T> = T | SchemaMismatchError;

/**
 * Numbers for the names of this client's schema. Both sides number their own description; when they differ, the
 * server's counts, and what it has otherwise, or not at all, cannot be used.
 */
export class SchemaMap {
  readonly #own: WireDescription;
  readonly #server: WireDescription;
  readonly #isSame: boolean;
  readonly #components: Map<string, Checked<ComponentMap>> = new Map();
  readonly #callables: Map<string, Checked<number>> = new Map();

  /** @param server `undefined`: the same as `own`. */
  constructor(own: WireDescription, server?: WireDescription) {
    this.#own = own;
    this.#server = server ?? own;
    this.#isSame = server === undefined;
  }

  /**
   * @param name without a copy's suffix.
   * @throws SchemaMismatchError
   */
  component(name: string): ComponentMap {
    return usable(remembered(this.#components, name, () => this.#mapComponent(name)));
  }

  /** @throws SchemaMismatchError */
  index(component: string, name: string): number {
    const number = this.component(component).indexes.get(name);
    if (number === undefined) throw new SchemaMismatchError(`${component}.${name}`, "is no index on the server");
    return number;
  }

  /** @throws SchemaMismatchError */
  callable(name: string): number {
    return usable(remembered(this.#callables, name, () => this.#mapCallable(name)));
  }

  /** The name of an error by its number on the wire; `undefined`: there is none. */
  errorName(number: number): string | undefined {
    return this.#server[2][number]?.[0];
  }

  /** The name of an event by its number on the wire; `undefined`: there is none. */
  eventName(number: number): string | undefined {
    return this.#server[3][number]?.[0];
  }

  /** What keeps an event of this client's schema from being read. */
  eventProblem(name: string): SchemaMismatchError | undefined {
    const own = named(this.#own[3], name);
    const server = named(this.#server[3], name);
    if (this.#isSame || own === undefined) return undefined;
    if (server === undefined) return missing(name);
    return differing(name, own[1], server);
  }

  #mapComponent(name: string): Checked<ComponentMap> {
    const own = named(this.#own[0], name);
    const number = this.#server[0].findIndex(([known]) => known === name);
    const server = this.#server[0][number];
    if (own === undefined || server === undefined) return missing(name);
    const [, columns, indexes] = server;
    const numbers = new Map([["id", 0], ...indexes.map((index, at) => [index, at + 1] as const)]);
    const problem = differing(name, own[1], server);
    if (problem !== undefined) return problem;
    const positions = own[1].map(([column]) => columns.findIndex(([known]) => known === column));
    const inOrder = positions.length === columns.length && positions.every((position, at) => position === at);
    return { number, indexes: numbers, columns: inOrder ? undefined : positions };
  }

  #mapCallable(name: string): Checked<number> {
    const own = named(this.#own[1], name);
    const number = this.#server[1].findIndex(([known]) => known === name);
    const server = this.#server[1][number];
    if (own === undefined || server === undefined) return missing(name);
    const [, params, result] = own;
    const [, theirs, theirResult] = server;
    const added = theirs.slice(params.length);
    if (!params.every((type, at) => fits(type, theirs[at])) || !added.every((type) => type.endsWith("?"))) {
      return new SchemaMismatchError(
        name,
        `takes (${params.join(", ")}) here and (${theirs.join(", ")}) on the server`,
      );
    }
    if (fits(theirResult, result)) return number;
    return new SchemaMismatchError(
      name,
      `returns ${result || "nothing"} here and ${theirResult || "nothing"} on the server`,
    );
  }
}

/** Whether what is always given may be taken: what need not be given travels alike when it is. */
function fits(given: string, taken: string | undefined): boolean {
  return taken === given || (given !== "" && taken === `${given}?`);
}

function usable<T>(checked: Checked<T>): T {
  if (checked instanceof SchemaMismatchError) throw checked;
  return checked;
}

function remembered<T>(known: Map<string, T>, name: string, find: () => T): T {
  const found = known.get(name) ?? find();
  known.set(name, found);
  return found;
}

function named<T extends readonly [name: string, ...rest: unknown[]]>(list: readonly T[], name: string): T | undefined {
  return list.find(([known]) => known === name);
}

function missing(path: string): SchemaMismatchError {
  return new SchemaMismatchError(path, "is not on the server");
}

/** All columns or fields of this client that the server has otherwise; those that only the server has do no harm. */
function differing(
  owner: string,
  own: readonly FieldDescription[],
  [, theirs]: ComponentDescription | MessageDescription,
): SchemaMismatchError | undefined {
  const types = new Map(theirs);
  const differences = own
    .filter(([name, type]) => types.get(name) !== type)
    .map(([name, type]) => {
      const server = types.get(name);
      return [
        `${owner}.${name}`,
        server === undefined ? "is not on the server" : `is ${type} here and ${server} on the server`,
      ] as const;
    });
  const [first, ...more] = differences;
  if (first === undefined) return undefined;
  const rest = more.map(([path, difference]) => `; ${path} ${difference}`).join("");
  return new SchemaMismatchError(first[0], `${first[1]}${rest}`);
}
