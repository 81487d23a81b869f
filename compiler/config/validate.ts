import type { z } from "zod";
import { ConfigError } from "./config-error.js";
import { type ConfigFile, configSchema } from "./config-schema.js";
import { lintCodes } from "../diagnostics/registry.js";
import { nearestWord } from "../syntax/nearest-word.js";

/**
 * The content of a hetu.json, checked.
 *
 * @param file the path that messages name.
 * @throws ConfigError with one line for each problem.
 */
export function validateConfig(file: string, content: unknown): ConfigFile {
  const result = configSchema.safeParse(content);
  if (result.success) return result.data;
  throw new ConfigError(
    file,
    result.error.issues.flatMap((issue) => describeIssue(issue, content)),
  );
}

function describeIssue(issue: z.core.$ZodIssue, content: unknown): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => {
      const named = issue.path[0] === "lint" ? lintCodes.find(({ name }) => name === key)?.code : undefined;
      const meant = named ?? nearestWord(key, known);
      const help = meant === undefined ? `known keys: ${known.join(", ")}` : `did you mean \`${meant}\`?`;
      return `unknown key \`${dotted([...issue.path, key])}\`; ${help}`;
    });
  }
  const where = issue.path.length === 0 ? "the file" : `\`${dotted(issue.path)}\``;
  const value = valueAt(content, issue.path);
  const meant = issue.code === "invalid_value" ? nearestOf(value, issue.values) : undefined;
  const help = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  return [`${where} is ${JSON.stringify(value)}, but ${expectation(issue)}${help}`];
}

/** The value that was meant; a rule of lint may be called by its name. */
function nearestOf(value: unknown, values: readonly unknown[]): string | undefined {
  if (typeof value !== "string") return undefined;
  const words = values.filter((each) => typeof each === "string");
  const named = lintCodes.find(({ name }) => name === value)?.code;
  return named !== undefined && words.includes(named) ? named : nearestWord(value, words);
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${article(issue.expected)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return "must not be empty";
    case "invalid_union":
      return issue.errors
        .flatMap((alternative) => alternative.slice(0, 1))
        .map(expectation)
        .filter((text, position, all) => all.indexOf(text) === position)
        .join(" or ");
    default:
      return issue.message;
  }
}

function article(type: string): string {
  if (type === "record") return "an object";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** The keys of the object at a path. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const lint = configSchema.shape.lint.unwrap();
  if (path[0] === "lint") return Object.keys(path.length === 1 ? lint.shape : lint.shape.ignore.unwrap().element.shape);
  return Object.keys(configSchema.shape).filter((key) => key !== "$schema");
}

function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((step, position) => (typeof step === "number" ? `[${step}]` : `${position === 0 ? "" : "."}${String(step)}`))
    .join("");
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
