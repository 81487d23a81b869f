import type { CallableSpec, EndpointSpec, SystemSpec } from "../schema/callable.js";
import type { Implementation } from "../schema/schema.js";
import type { Store } from "../store/contract.js";
import type { Attempt } from "./attempt.js";
import { SystemUsageError } from "./errors.js";
import { sessionOfSystems } from "./session-view.js";
import { contextMaker } from "./system-context.js";
import type { CallablePlan, EndpointPlan, Run, SystemPlan } from "./system-plan.js";
import { TablePlan } from "./table-plan.js";

/** Prepares every system and endpoint of an implementation, so that a call looks nothing up by name but its own. */
export class PlanBook {
  readonly #implementation: Implementation;
  readonly #store: Store;
  readonly #commit: (attempt: Attempt) => Promise<void>;
  readonly #specs: ReadonlyMap<string, SystemSpec>;
  readonly #tables = new Map<string, TablePlan>();
  /** By `system` or `system:Suffix`. */
  readonly #systems = new Map<string, SystemPlan>();
  readonly #callables = new Map<string, CallablePlan>();

  /**
   * @param commit What `ctx.commit` does.
   * @throws SystemUsageError when a system has no code; UnknownTableError when the store lacks a table.
   */
  constructor(implementation: Implementation, store: Store, commit: (attempt: Attempt) => Promise<void>) {
    this.#implementation = implementation;
    this.#store = store;
    this.#commit = commit;
    const { systems, endpoints } = implementation.schema;
    this.#specs = new Map(systems.map((spec) => [spec.name, spec]));
    for (const spec of systems) this.#callables.set(spec.name, this.#system(spec, undefined));
    for (const spec of endpoints) this.#callables.set(spec.name, this.#endpoint(spec));
  }

  get(name: string): CallablePlan | undefined {
    return this.#callables.get(name);
  }

  system(name: string, suffix: string | undefined): SystemPlan {
    const spec = this.#specs.get(name);
    if (spec === undefined) throw new SystemUsageError(`the schema has no system ${name}`);
    return this.#system(spec, suffix);
  }

  #system(spec: SystemSpec, suffix: string | undefined): SystemPlan {
    const name = suffix === undefined ? spec.name : `${spec.name}:${suffix}`;
    const known = this.#systems.get(name);
    if (known !== undefined) return known;
    const { schema } = this.#implementation;
    const shape = { spec, session: sessionOfSystems(schema.session), commit: this.#commit };
    const context = contextMaker(shape, {
      tables: new Map(spec.uses.map(({ property, component }) => [property, this.#table(component, suffix)])),
      unused: this.#unused(spec),
      // The outermost suffix wins.
      calls: new Map(spec.calls.map((call) => [call.property, () => this.system(call.system, suffix ?? call.suffix)])),
    });
    const plan: SystemPlan = { kind: "system", spec, run: this.#code(spec), context };
    this.#systems.set(name, plan);
    for (const call of spec.calls) this.system(call.system, suffix ?? call.suffix);
    return plan;
  }

  #endpoint(spec: EndpointSpec): EndpointPlan {
    return { kind: "endpoint", spec, run: this.#code(spec) };
  }

  #table(component: string, suffix: string | undefined): TablePlan {
    const name = suffix === undefined ? component : `${component}:${suffix}`;
    let plan = this.#tables.get(name);
    if (plan === undefined) this.#tables.set(name, (plan = new TablePlan(this.#store.table(name))));
    return plan;
  }

  #unused(spec: SystemSpec): Set<string> {
    const all = [...this.#specs.values()].flatMap(({ uses }) => uses.map(({ property }) => property));
    const unused = new Set(all);
    for (const { property } of spec.uses) unused.delete(property);
    return unused;
  }

  #code(spec: CallableSpec): Run {
    const code = this.#implementation.systems[spec.implementation];
    if (typeof code === "function") return code as Run;
    throw new SystemUsageError(`${spec.name} has no code: implement(schema, { ${spec.implementation}() { … } })`);
  }
}
