import type { SessionFieldSpec } from "../schema/callable.js";
import type { Attempt } from "./attempt.js";
import type { Principal } from "./contract.js";

/** Makes the `ctx.session` of a system. What a system assigns it reads back; everybody else after the commit. */
export type SessionMaker = (attempt: Attempt) => object;

/** Builds the class of `ctx.session` for a schema's session fields; one accessor each. */
export function sessionOfSystems(fields: readonly SessionFieldSpec[]): SessionMaker {
  class Session {
    readonly $attempt: Attempt;

    constructor(attempt: Attempt) {
      this.$attempt = attempt;
    }
  }
  for (const field of fields) {
    const { property } = field;
    Object.defineProperty(Session.prototype, property, {
      get(this: Session) {
        const assigned = this.$attempt.collected?.session;
        if (assigned !== undefined && Object.hasOwn(assigned, property)) return assigned[property];
        return this.$attempt.principal.session[property];
      },
      set(this: Session, value: unknown) {
        this.$attempt.check();
        this.$attempt.effects.setSession(property, value === undefined ? undefined : field.check(value));
      },
    });
  }
  return (attempt) => new Session(attempt);
}

/** The same for endpoints, which can only read. */
export function sessionOfEndpoints(fields: readonly SessionFieldSpec[]): (principal: Principal) => object {
  class Session {
    readonly $principal: Principal;

    constructor(principal: Principal) {
      this.$principal = principal;
    }
  }
  for (const { property } of fields) {
    Object.defineProperty(Session.prototype, property, {
      get(this: Session) {
        return this.$principal.session[property];
      },
    });
  }
  return (principal) => new Session(principal);
}
