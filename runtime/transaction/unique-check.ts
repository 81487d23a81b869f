import type { Row } from "../codegen/row.js";
import { UniqueViolationError } from "./errors.js";
import type { TablePlan } from "./table-plan.js";

/** The row wants a key of this index that another has. */
export function violation(plan: TablePlan, index: number, row: Row): UniqueViolationError {
  return new UniqueViolationError(plan.table.name, plan.index(index).properties.join(","), plan.keyOf(index, row));
}
