import type { SchemaRule } from "../rule.js";
import { godTable } from "./god-table.js";
import { hubComponent } from "./hub-component.js";
import { missingDoc } from "./missing-doc.js";

/** The rules that need nothing but the schema. */
export const schemaRules: readonly SchemaRule[] = [hubComponent, godTable, missingDoc];
