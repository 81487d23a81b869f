import * as z from "zod";
import { lintCodes } from "../diagnostics/registry.js";

const globs = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe("Which files make up the schema: one glob or several, relative to this file. Default: schema/**/*.hetu");

const targetName = z.string().min(1);

const lintCode = z.enum(lintCodes.map(({ code }) => code));

const lintLevel = z.enum(["off", "warn", "error"]);

/** Levels by code, so that editors complete the codes, and a list beside them. */
const lint = z.strictObject({
  ...(Object.fromEntries(
    lintCodes.map(({ code, name }) => [code, lintLevel.optional().describe(`${name}: hetuc explain ${code}`)]),
  ) as Record<`HT${number}`, z.ZodOptional<typeof lintLevel>>),
  ignore: z
    .array(
      z.strictObject({
        code: lintCode,
        name: z.string().min(1).describe("A component, system, … with or without its namespace"),
        why: z.string().min(1).describe("Why it is right here"),
      }),
    )
    .optional()
    .describe("Findings that the project lives with"),
});

/** What `hetuc` reads in hetu.json; `server` is checked by `hetu`, which reads the rest of the same file. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("Where editors find the schema of this file"),
  schema: globs.optional(),
  out: z
    .string()
    .min(1)
    .optional()
    .describe("The folder that generated files are written to, relative to this file. Default: generated"),
  targets: z
    .array(targetName)
    .min(1)
    .optional()
    .describe("What to generate, as `hetuc build --help` lists it. Default: every target"),
  lint: lint.optional().describe("What hetuc lint looks for: the level of each code, and findings that are accepted"),
  server: z.record(z.string(), z.unknown()).optional().describe("Settings of the server: hetu start, hetu dev"),
});

export type ConfigFile = z.infer<typeof configSchema>;
