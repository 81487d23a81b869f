// Writes hetu.schema.json, the JSON Schema of hetu.json, from the validators that the two programs use.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format, resolveConfig } from "prettier";
import { z } from "zod";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = join(root, "hetu.schema.json");

/**
 * A module of dist/, when it is there.
 * @param {string} path
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
async function built(path) {
  const file = join(root, "dist", path);
  return existsSync(file) ? await import(pathToFileURL(file).href) : undefined;
}

/**
 * @param {unknown} schema
 * @returns {Record<string, unknown>}
 */
function asJsonSchema(schema) {
  if (!(schema instanceof z.ZodType)) throw new Error("the module does not export a zod schema");
  // What is written into the file: keys with defaults may be left out.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (isPreprocessed(zodSchema)) allowText(jsonSchema);
    },
  });
  return rest;
}

/**
 * Whether it takes texts, too: `"10s"`, `"4MiB"`, `"unlimited"`, `"${PORT}"`.
 * @param {z.core.$ZodType} schema
 */
function isPreprocessed(schema) {
  return schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodTransform;
}

/** @param {z.core.JSONSchema.BaseSchema} jsonSchema */
function allowText(jsonSchema) {
  const { anyOf, ...alone } = jsonSchema;
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  // Infinity is no number in JSON; it is written as "unlimited".
  const values = anyOf === undefined ? [alone] : anyOf.filter((each) => each.const !== Infinity);
  jsonSchema.anyOf = [...values, { type: "string" }];
}

const compiler = await built("compiler/config/config-schema.js");
if (compiler === undefined) throw new Error("the compiler is not built; run `npm run build` first");
const { properties, ...project } = asJsonSchema(compiler["configSchema"]);

const server = await built("runtime/config/settings.js");
const merged = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "hetu.json",
  description: "The configuration of a HeTu project: what hetuc compiles, and how hetu serves it.",
  ...project,
  properties: {
    .../** @type {Record<string, unknown>} */ (properties),
    ...(server === undefined ? {} : { server: asJsonSchema(server["settingsSchema"]) }),
  },
};

const style = await resolveConfig(output);
writeFileSync(output, await format(JSON.stringify(merged), { ...style, parser: "json" }));
