import type { DataProblem } from "./changes.js";
import { conversionOptions, filled } from "./plan-changes.js";
import type { ColumnStep, TablePlan } from "./table-plan.js";
import type { Misfit } from "./row-converter.js";
import { shown } from "./values.js";

/** Rows that are named of many. */
const NAMED = 3;

/** {@link Findings} as plain JSON. */
export interface FindingsState {
  /** By column of the new table. */
  readonly misfits: Readonly<Record<string, { readonly count: number; readonly named: readonly string[] }>>;
  /** By index; ids in decimal. */
  readonly duplicates: Readonly<Record<string, readonly [string, string]>>;
}

/** What the rows of one table have against the plan. */
export class Findings {
  readonly #plan: TablePlan;
  readonly #misfits = new Map<ColumnStep, { count: number; readonly named: string[] }>();
  readonly #duplicates = new Map<string, readonly [bigint, bigint]>();

  /** @param before of the rows that were looked at before. */
  constructor(plan: TablePlan, before?: FindingsState) {
    this.#plan = plan;
    for (const [name, { count, named }] of Object.entries(before?.misfits ?? {})) {
      const step = plan.steps.find(({ column }) => column.name === name);
      if (step !== undefined) this.#misfits.set(step, { count, named: [...named] });
    }
    for (const [index, [a, b]] of Object.entries(before?.duplicates ?? {})) {
      this.#duplicates.set(index, [BigInt(a), BigInt(b)]);
    }
  }

  /** `undefined`: there are none. */
  get state(): FindingsState | undefined {
    if (this.#misfits.size === 0 && this.#duplicates.size === 0) return undefined;
    return {
      misfits: Object.fromEntries([...this.#misfits].map(([{ column }, found]) => [column.name, found])),
      duplicates: Object.fromEntries([...this.#duplicates].map(([index, [a, b]]) => [index, [String(a), String(b)]])),
    };
  }

  misfit(id: bigint, { step, value }: Misfit): void {
    const found = this.#misfits.get(step) ?? { count: 0, named: [] };
    this.#misfits.set(step, found);
    found.count++;
    if (found.named.length < NAMED) found.named.push(`row ${id} has ${shown(value)}`);
  }

  /** Two rows would have one key of a unique index. */
  duplicate(index: string, ids: readonly [bigint, bigint]): void {
    if (!this.#duplicates.has(index)) this.#duplicates.set(index, ids);
  }

  get problems(): DataProblem[] {
    const { name, after } = this.#plan;
    const component = after?.component ?? name;
    const misfits = [...this.#misfits].map(([step, { count, named }]): DataProblem => {
      const { column } = step;
      const what = step.kind === "convert" ? `was ${step.from.type} and is now ${column.type}` : `is ${column.type}`;
      const rows = count === 1 ? "1 row has a value that does" : `${count} rows have values that do`;
      const more = count > named.length ? ", …" : "";
      return {
        component: name,
        member: column.name,
        description:
          `column ${name}.${column.name} ${what}, and ${rows} not fit: ${named.join(", ")}${more}; ` +
          `default would be ${filled(column)}`,
        allow: conversionOptions(component, step),
      };
    });
    const duplicates = [...this.#duplicates].map(([member, [a, b]]): DataProblem => ({
      component: name,
      member,
      description:
        `${name} would be unique by ${member}, but rows ${a} and ${b} have the same values: ` +
        "change them with the code that served them before, or let a migration do it",
      allow: [],
    }));
    return [...misfits, ...duplicates];
  }
}
