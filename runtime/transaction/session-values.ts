import type { SessionFieldSpec } from "../schema/callable.js";

/** Session values on their way to records, which outlive the code that they were assigned by, and back. */
export class SessionValues {
  readonly #fields: readonly SessionFieldSpec[];

  constructor(fields: readonly SessionFieldSpec[]) {
    this.#fields = fields;
  }

  /** @param session by property name. */
  byName(session: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      this.#fields
        .filter(({ property }) => Object.hasOwn(session, property))
        .map(({ name, property }) => [name, session[property]]),
    );
  }

  /** Values that the schema of today does not have are left out. */
  byProperty(session: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const field of this.#fields) {
      const { name, property } = field;
      if (!Object.hasOwn(session, name)) continue;
      try {
        values[property] = field.check(session[name]);
      } catch {
        // Its type has changed: it counts as not set.
      }
    }
    return values;
  }
}
