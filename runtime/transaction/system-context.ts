import { checkI64 } from "../codegen/check-numbers.js";
import type { MessageSpec, SystemSpec } from "../schema/callable.js";
import type { SystemContext } from "../schema/context.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { Attempt } from "./attempt.js";
import type { Recipient } from "./contract.js";
import { SystemUsageError } from "./errors.js";
import type { SessionMaker } from "./session-view.js";
import { CallRejection } from "./signals.js";
import type { SystemPlan } from "./system-plan.js";
import type { TablePlan } from "./table-plan.js";

/** What all contexts of one system share. */
export interface ContextShape {
  readonly spec: SystemSpec;
  readonly session: SessionMaker;
  /** Commits the attempt before the system returns. */
  readonly commit: (attempt: Attempt) => Promise<void>;
}

/** Base of the contexts of systems; {@link contextClass} adds what a system declares. */
export class BaseContext implements SystemContext {
  readonly $attempt: Attempt;
  readonly $shape: ContextShape;
  /** 0 in the system that was called from outside. */
  readonly $depth: number;
  #session: object | undefined = undefined;

  constructor(attempt: Attempt, shape: ContextShape, depth: number) {
    this.$attempt = attempt;
    this.$shape = shape;
    this.$depth = depth;
  }

  get caller(): bigint | undefined {
    return this.$attempt.caller;
  }

  get group(): string | undefined {
    return this.$attempt.group;
  }

  get connection(): bigint | undefined {
    return this.$attempt.principal.connection;
  }

  get now(): number {
    return this.$attempt.now;
  }

  get attempt(): number {
    return this.$attempt.number;
  }

  get session(): object {
    return (this.#session ??= this.$shape.session(this.$attempt));
  }

  elevate(user: bigint, options?: { readonly kick?: boolean; readonly group?: string }): void {
    this.$attempt.check();
    if (this.connection === undefined) {
      throw new SystemUsageError(`${this.$shape.spec.name}: elevate needs a connection, and the engine made this call`);
    }
    checkI64(user, `${this.$shape.spec.name}: the user of elevate`);
    this.$attempt.effects.elevate = { user, kick: options?.kick === true, group: options?.group };
  }

  send(to: Recipient, event: MessageSpec, value: unknown): void {
    this.$attempt.check();
    const { name, emits } = this.$shape.spec;
    if (!emits.includes(event.name)) {
      throw new SystemUsageError(`${name} may not send ${event.name}: add it to the emits of the system`);
    }
    const writer = new MessagePackWriter();
    event.write(value, writer);
    this.$attempt.effects.events.push({ to, event: event.name, value: writer.finish() });
  }

  reject(error: MessageSpec, fields: unknown): never {
    this.$attempt.check();
    const { name, rejects } = this.$shape.spec;
    if (!rejects.includes(error.name)) {
      throw new SystemUsageError(`${name} may not reject with ${error.name}: add it to the rejects of the system`);
    }
    const writer = new MessagePackWriter();
    error.write(fields, writer);
    throw this.#rejected(new CallRejection(error.name, writer.finish()));
  }

  abort(): never {
    this.$attempt.check();
    throw this.#rejected(new CallRejection("ABORTED", undefined));
  }

  commit(): Promise<void> {
    if (this.$depth === 0) return this.$shape.commit(this.$attempt);
    const reason = "only the system that was called from outside may commit, because the transaction is its own";
    return Promise.reject(new SystemUsageError(`${this.$shape.spec.name}: ${reason}`));
  }

  /** The first reject stands, even when user code catches it: half of a system has run. */
  #rejected(rejection: CallRejection): CallRejection {
    return (this.$attempt.rejection ??= rejection);
  }
}

export interface ContextMembers {
  /** Tables by the property of their component. */
  readonly tables: ReadonlyMap<string, TablePlan>;
  /** Components of the schema that the system does not use, by property. */
  readonly unused: ReadonlySet<string>;
  /** Systems by the property of `ctx.call`; asked for on first use, since they may lead back here. */
  readonly calls: ReadonlyMap<string, () => SystemPlan>;
}

/** Builds the context of one system: an accessor for each component, a method for each call. */
export function contextMaker(shape: ContextShape, members: ContextMembers): SystemPlan["context"] {
  class Calls {
    readonly $context: BaseContext;

    constructor(context: BaseContext) {
      this.$context = context;
    }
  }
  for (const [property, plan] of members.calls) {
    Object.defineProperty(Calls.prototype, property, {
      value(this: Calls, ...args: readonly unknown[]) {
        return callInside(this.$context, plan(), args);
      },
    });
  }
  class Context extends BaseContext {
    #calls: Calls | undefined = undefined;

    get call(): Calls {
      return (this.#calls ??= new Calls(this));
    }
  }
  for (const [property, plan] of members.tables) {
    Object.defineProperty(Context.prototype, property, {
      get(this: BaseContext) {
        return this.$attempt.view(plan);
      },
    });
  }
  for (const property of members.unused) {
    Object.defineProperty(Context.prototype, property, {
      get() {
        throw new SystemUsageError(`${shape.spec.name} does not use ${property}: add it to the uses of the system`);
      },
    });
  }
  return (attempt, depth) => new Context(attempt, shape, depth);
}

/** `ctx.call.x(…)`: the same transaction, its own view of the tables. */
function callInside(context: BaseContext, plan: SystemPlan, args: readonly unknown[]): Promise<unknown> {
  const attempt = context.$attempt;
  try {
    attempt.check();
    const values = plan.spec.checkArguments(args);
    const result = plan.run(plan.context(attempt, context.$depth + 1), ...values);
    if (result instanceof Promise) return attempt.follow(result);
    return attempt.follow(Promise.resolve(result));
  } catch (error) {
    return attempt.failed(error);
  }
}
