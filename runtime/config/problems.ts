import type { z } from "zod";
import { nearestName } from "./nearest.js";

/**
 * What is wrong with settings, one line a problem: key path, value, expectation, suggestion.
 * @param prefix where in the file `content` stands, e.g. `server`.
 */
export function describeProblems(
  error: z.ZodError,
  content: unknown,
  prefix: string,
  schema: z.ZodType,
): readonly string[] {
  return error.issues.flatMap((issue) => describe(issue, content, prefix, schema));
}

function describe(issue: z.core.$ZodIssue, content: unknown, prefix: string, schema: z.ZodType): readonly string[] {
  const path = [prefix, ...issue.path.map(String)].filter((part) => part !== "").join(".");
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => {
      const meant = nearestName(key, known);
      const help = meant === undefined ? `known keys are ${known.join(", ")}` : `did you mean ${meant}?`;
      return `${path}.${key} is no setting; ${help}`;
    });
  }
  const value = valueAt(content, issue.path);
  return [`${path} is ${show(value)}; ${expectation(issue, value)}`];
}

function expectation(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_value": {
      const options = issue.values.map(String);
      const meant = typeof value === "string" ? nearestName(value, options) : undefined;
      return `it must be ${options.map((option) => JSON.stringify(option)).join(" or ")}${meant === undefined ? "" : `; did you mean ${JSON.stringify(meant)}?`}`;
    }
    case "too_small":
      if (issue.message.startsWith("the ")) return issue.message;
      return issue.origin === "string" ? "it must not be empty" : `the least is ${issue.minimum}`;
    case "too_big":
      return issue.message.startsWith("the ") ? issue.message : `the most is ${issue.maximum}`;
    case "invalid_type":
      return issue.message.startsWith("must") ? `it ${issue.message}` : `it must be ${article(issue.expected)}`;
    case "invalid_union": {
      const expected = issue.errors.flatMap((alternative) =>
        alternative.slice(0, 1).map((each) => expectation(each, value)),
      );
      return issue.message.startsWith("must") ? `it ${issue.message}` : [...new Set(expected)].join(", or ");
    }
    default:
      return issue.message;
  }
}

function article(type: string): string {
  if (type === "int") return "a whole number";
  if (type === "record") return "an object";
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function show(value: unknown): string {
  if (value === undefined) return "missing";
  // Passwords in addresses are nobody's business.
  return (JSON.stringify(value) ?? typeof value).replace(/(:\/\/)(?:[^"\\]|\\.)*@/g, "$1…@");
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value === "object" && value !== null) return Reflect.get(value, key);
    // Where a text stands for an object, it is what is wrong with one of the object's keys.
    return typeof value === "string" ? value : undefined;
  }, content);
}

/** The keys of the object schema at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = schema;
  for (const key of path) {
    const shape = shapeOf(at);
    at = shape === undefined ? valuesOf(at) : Reflect.get(shape, key);
  }
  return Object.keys(shapeOf(at) ?? {});
}

/** The schema of a record's values. */
function valuesOf(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return undefined;
  if ("valueType" in schema) return schema.valueType;
  return "unwrap" in schema && typeof schema.unwrap === "function"
    ? valuesOf((schema as { unwrap(): unknown }).unwrap())
    : undefined;
}

/** Looks through `optional`, unions and preprocessing for the object schema. */
function shapeOf(schema: unknown): object | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  if ("shape" in schema && typeof schema.shape === "object" && schema.shape !== null) return schema.shape;
  if ("options" in schema && Array.isArray(schema.options)) {
    for (const option of schema.options as readonly unknown[]) {
      const shape = shapeOf(option);
      if (shape !== undefined) return shape;
    }
  }
  if ("out" in schema) return shapeOf(schema.out);
  if ("unwrap" in schema && typeof schema.unwrap === "function") {
    return shapeOf((schema as { unwrap(): unknown }).unwrap());
  }
  return undefined;
}
