import type { EndpointSpec, MessageSpec } from "../schema/callable.js";
import type { EndpointContext } from "../schema/context.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { Principal } from "./contract.js";
import { SystemUsageError, TransactionClosedError } from "./errors.js";
import { ObservedPromise } from "./observed-promise.js";
import { CallRejection } from "./signals.js";

/** Runs one system for an endpoint, in a transaction of its own. */
export type CallSystem = (system: string, suffix: string | undefined, args: readonly unknown[]) => Promise<unknown>;

/** One call of an endpoint. */
export class EndpointCall {
  /** Newest commit that the endpoint may have seen. */
  position = 0;
  running = 0;
  closed = false;

  constructor(
    readonly spec: EndpointSpec,
    readonly principal: Principal,
    readonly now: number,
    readonly callSystem: CallSystem,
  ) {}

  check(): void {
    if (this.closed)
      throw new TransactionClosedError(this.spec.name, "a context was used after the endpoint had returned");
  }
}

class BaseContext implements EndpointContext {
  readonly $call: EndpointCall;
  readonly $session: (principal: Principal) => object;

  constructor(call: EndpointCall, session: (principal: Principal) => object) {
    this.$call = call;
    this.$session = session;
  }

  get caller(): bigint | undefined {
    return this.$call.principal.caller;
  }

  get group(): string | undefined {
    return this.$call.principal.group;
  }

  get connection(): bigint | undefined {
    return this.$call.principal.connection;
  }

  get now(): number {
    return this.$call.now;
  }

  get session(): object {
    return this.$session(this.$call.principal);
  }

  reject(error: MessageSpec, fields: unknown): never {
    const { name, rejects } = this.$call.spec;
    if (!rejects.includes(error.name)) {
      throw new SystemUsageError(`${name} may not reject with ${error.name}: add it to the rejects of the endpoint`);
    }
    const writer = new MessagePackWriter();
    error.write(fields, writer);
    throw new CallRejection(error.name, writer.finish());
  }
}

/** Builds the context of one endpoint: `ctx.call` has a method for each system in its `calls`. */
export function endpointContextMaker(
  spec: EndpointSpec,
  session: (principal: Principal) => object,
): (call: EndpointCall) => object {
  class Context extends BaseContext {
    get call(): object {
      return calls(this.$call);
    }
  }
  const calls = (call: EndpointCall): object =>
    Object.fromEntries(
      spec.calls.map(({ property, system, suffix }) => [
        property,
        (...args: readonly unknown[]) => callOutside(call, () => call.callSystem(system, suffix, args)),
      ]),
    );
  return (call) => new Context(call, session);
}

/** Keeps count, so that an endpoint that does not wait for what it calls is told so. */
function callOutside(call: EndpointCall, run: () => Promise<unknown>): Promise<unknown> {
  return new ObservedPromise<unknown>((resolve, reject) => {
    call.check();
    call.running++;
    void run()
      .finally(() => call.running--)
      .then(resolve, reject);
  }).contained();
}
