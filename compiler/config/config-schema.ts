import * as z from "zod";

const globs = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe("Which files make up the schema: one glob or several, relative to this file. Default: schema/**/*.hetu");

const targetName = z.string().min(1);

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
  server: z.record(z.string(), z.unknown()).optional().describe("Settings of the server: hetu start, hetu dev"),
});

export type ConfigFile = z.infer<typeof configSchema>;
