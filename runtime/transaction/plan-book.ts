import type { CallableSpec, EndpointSpec, SystemSpec } from "../schema/callable.js";
import type { Implementation } from "../schema/schema.js";
import type { Store, StoreSet } from "../store/contract.js";
import type { Attempt } from "./attempt.js";
import { SystemUsageError } from "./errors.js";
import { sessionOfSystems } from "./session-view.js";
import { contextMaker } from "./system-context.js";
import type { CallablePlan, EndpointPlan, Run, SystemPlan } from "./system-plan.js";
import { TablePlan } from "./table-plan.js";

/** Prepares every system and endpoint of an implementation, so that a call looks nothing up by name but its own. */
export class PlanBook {
  readonly #implementation: Implementation;
  readonly #stores: StoreSet;
  readonly #commit: (attempt: Attempt) => Promise<void>;
  readonly #specs: ReadonlyMap<string, SystemSpec>;
  readonly #tables = new Map<string, TablePlan>();
  /** By `system` or `system:Suffix`. */
  readonly #systems = new Map<string, PlacedPlan>();
  readonly #callables = new Map<string, CallablePlan>();

  /**
   * @param commit What `ctx.commit` does.
   * @throws SystemUsageError when a system has no code, or tables in more than one store; UnknownTableError when a
   * store lacks a table.
   */
  constructor(implementation: Implementation, stores: StoreSet, commit: (attempt: Attempt) => Promise<void>) {
    this.#implementation = implementation;
    this.#stores = stores;
    this.#commit = commit;
    const { systems, endpoints } = implementation.schema;
    this.#specs = new Map(systems.map((spec) => [spec.name, spec]));
    for (const spec of systems) this.#callables.set(spec.name, this.#system(spec, undefined));
    for (const spec of endpoints) this.#callables.set(spec.name, this.#endpoint(spec));
  }

  get(name: string): CallablePlan | undefined {
    return this.#callables.get(name);
  }

  /** @throws SystemUsageError when there is no such system. */
  system(name: string, suffix: string | undefined): SystemPlan {
    return this.#system(this.#spec(name), suffix);
  }

  #spec(name: string): SystemSpec {
    const spec = this.#specs.get(name);
    if (spec === undefined) throw new SystemUsageError(`the schema has no system ${name}`);
    return spec;
  }

  #system(spec: SystemSpec, suffix: string | undefined): PlacedPlan {
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
    const plan = new PlacedPlan(spec, this.#code(spec), context, this.#stores.all[0]);
    this.#systems.set(name, plan);
    for (const { component } of spec.uses) plan.place(this.#stores.of(tableName(component, suffix)));
    for (const call of spec.calls) plan.placeAs(this.#system(this.#spec(call.system), suffix ?? call.suffix));
    return plan;
  }

  #endpoint(spec: EndpointSpec): EndpointPlan {
    return { kind: "endpoint", spec, run: this.#code(spec) };
  }

  #table(component: string, suffix: string | undefined): TablePlan {
    const name = tableName(component, suffix);
    let plan = this.#tables.get(name);
    if (plan === undefined) this.#tables.set(name, (plan = new TablePlan(this.#stores.of(name).table(name))));
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

/** A plan whose store shows while it is made: a transaction cannot leave its store. */
class PlacedPlan implements SystemPlan {
  readonly kind = "system";
  #place: Store | undefined = undefined;
  #stale: Store | undefined = undefined;

  /** @param home Of systems that touch nothing. */
  constructor(
    readonly spec: SystemSpec,
    readonly run: Run,
    readonly context: SystemPlan["context"],
    readonly home: Store,
  ) {}

  get store(): Store {
    return this.#place ?? this.home;
  }

  get stale(): Store | undefined {
    const { staleMs } = this.spec;
    return staleMs === undefined ? undefined : (this.#stale ??= this.store.stale(staleMs));
  }

  /** @throws SystemUsageError when it is in another store already. */
  place(store: Store): void {
    if (this.#place === undefined || this.#place === store) {
      this.#place = store;
      return;
    }
    throw new SystemUsageError(
      `${this.spec.name} has tables in more than one store, itself or through its calls: a transaction cannot leave its ` +
        "store. Compile the schema again (hetuc build): the generated code does not fit it",
    );
  }

  placeAs(called: PlacedPlan): void {
    if (called.#place !== undefined) this.place(called.#place);
  }
}

function tableName(component: string, suffix: string | undefined): string {
  return suffix === undefined ? component : `${component}:${suffix}`;
}
