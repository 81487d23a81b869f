import type { Schema } from "../../../../runtime/schema/schema.js";
import { type PlainColumn, type PlainComponent, plainSchema } from "../plain-schema.js";

/** A component, and where the compiler would say that it belongs. */
export interface Placed extends PlainComponent {
  readonly cluster?: number;
  readonly backend?: string;
}

export function placed(...components: readonly Placed[]): Schema {
  const schema = plainSchema({ components });
  const tables = schema.tables.map((table, i) => ({
    ...table,
    cluster: components[i]?.cluster ?? 0,
    backend: components[i]?.backend,
  }));
  return { ...schema, tables };
}

export const number = { name: "number", type: "i32" } as const;
export const COLUMNS: readonly PlainColumn[] = [number, { name: "text", type: "string(8)" }];

/** Three that no system uses together. */
export const A: Placed = { name: "A", columns: [number], cluster: 0 };
export const B: Placed = { name: "B", columns: [number], cluster: 1 };
export const C: Placed = { name: "C", columns: [number], cluster: 2 };
