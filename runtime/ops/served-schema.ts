import { createHash } from "node:crypto";
import type { Schema } from "../schema/schema.js";

/**
 * The schemas of instances as one document, as the compiler's target `schema.json` writes it: what server code was
 * generated with has the model of its namespace as text. A namespace that several instances serve is there once.
 */
export function servedSchema(schemas: readonly Schema[]): string {
  const byName = new Map(schemas.map((schema) => [schema.namespace, schema]));
  const served = [...byName.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  const prints = served.map(({ namespace, fingerprint }) => [namespace, fingerprint]);
  const fingerprint = createHash("sha256").update(JSON.stringify(prints), "utf8").digest("hex");
  const models = served.map(({ model }) => model).join(",");
  return `{"format":1,"fingerprint":${JSON.stringify(fingerprint)},"namespaces":[${models}]}`;
}
