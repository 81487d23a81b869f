import { readFile } from "node:fs/promises";
import type { Model } from "../../model/model.js";
import { missingInModel } from "./model-shape.js";
import { UsageError } from "../usage-error.js";

/** Reads what the target `schema.json` wrote. @throws UsageError when it is something else. */
export async function readModelFile(path: string, shownAs: string): Promise<Model> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new UsageError(`${shownAs} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  return parseModel(text, shownAs);
}

/** A model as JSON. @throws UsageError when the text is something else, or of another version. */
export function parseModel(text: string, shownAs: string): Model {
  const value = parseJson(text, shownAs);
  if (typeof value !== "object" || value === null || !("format" in value) || !("namespaces" in value)) {
    throw new UsageError(`${shownAs} is no schema`, "give the schema.json that `hetuc build` wrote, or a hetu.json");
  }
  if (value.format !== 1) {
    throw new UsageError(
      `${shownAs} has format ${JSON.stringify(value.format)}; this version of hetuc reads format 1`,
      "write it with this version, or compare with the sources",
    );
  }
  const missing =
    "fingerprint" in value && typeof value.fingerprint === "string" ? missingInModel(value) : "fingerprint";
  if (missing !== undefined) {
    throw new UsageError(
      `${shownAs} is not whole: ${missing} is missing`,
      "is it what `hetuc build` wrote, of this version?",
    );
  }
  return value as Model;
}

function parseJson(text: string, shownAs: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${shownAs} is not JSON: ${reason.replaceAll(/\s+/g, " ")}`);
  }
}
