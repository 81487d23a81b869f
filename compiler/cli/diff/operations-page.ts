import { UsageError } from "../usage-error.js";
import { parseModel } from "./schema-file.js";
import type { SchemaSide } from "./schema-side.js";

/** A server that does not answer for so long, in milliseconds, is out of reach. */
const ANSWER_WITHIN = 10_000;

/** Asks the operations port of a server for the whole schema. @throws UsageError when it does not tell. */
export async function readOperationsPage(given: string): Promise<SchemaSide> {
  const url = new URL(given);
  if (url.pathname === "/") url.pathname = "/schema.json";
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN) }).catch((error: unknown) => {
    throw new UsageError(
      `${url.href} cannot be reached: ${reasonOf(error)}`,
      "is the server's operations port (setting `metrics`, 127.0.0.1:9466 by default) reachable from here?",
    );
  });
  if (!response.ok) {
    throw new UsageError(
      `${url.href} answers ${response.status}`,
      "the operations port of `hetu start` has /schema.json; is it this port, and of this version?",
    );
  }
  return { name: given, kind: "model", model: parseModel(await response.text(), url.href), isServed: true };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
