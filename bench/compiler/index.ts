import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "../row.js";
import { largeSchema } from "./large-schema.js";
import { type Cost, measure } from "./measure.js";

// This module runs as dist/bench/compiler/index.js.
const root = fileURLToPath(new URL("../../..", import.meta.url));
const hetuc = join(root, "dist/compiler/cli.js");
const tsc = join(root, "node_modules/typescript/bin/tsc");

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2023", "ESNext.Disposable", "DOM"],
    module: "NodeNext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  },
};

export interface CompilerOptions {
  /** A schema of one file, which only shows that the benchmark still works. */
  readonly quick: boolean;
}

/** Costs of the compiler on 1,000 components and 1,000 systems, and of `tsc` on what it generates. */
export async function run(options: CompilerOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hetu-bench-"));
  try {
    return await measureAll(folder, options.quick ? 1 : 20);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(folder: string, files: number): Promise<Row[]> {
  const schema = largeSchema(files);
  for (const [path, text] of Object.entries(schema)) write(folder, path, text);

  const start = await measure([hetuc, "--version"], folder);
  const check = await measure([hetuc, "check"], folder);
  const cold = await measure([hetuc, "build"], folder);
  const unchanged = await measure([hetuc, "build"], folder);
  const [changedFile = "", changedText = ""] = Object.entries(schema).at(-1) ?? [];
  write(folder, changedFile, changedText.replace("name: string(32)", "name: string(33)"));
  const changed = await measure([hetuc, "build"], folder);

  return [
    row("hetuc --version", start, "< 0.15"),
    row(`hetuc check, ${files * 50} components + ${files * 50} systems`, check, "< 0.7"),
    row("hetuc build, all targets, cold", cold, "< 3"),
    row("hetuc build, unchanged", unchanged, "< 0.5"),
    row(`hetuc build, one file of ${files} changed`, changed, "< 3"),
    row("tsc on the generated server-ts", await typeCheck(folder, "server-ts")),
    row("tsc on the generated client-ts", await typeCheck(folder, "client-ts")),
  ];
}

/** `tsc --noEmit` on one target of the output, in a project where `hetu` is installed. */
async function typeCheck(folder: string, target: string): Promise<Cost> {
  const project = join(folder, `check-${target}`);
  cpSync(join(folder, "generated", target), join(project, target), { recursive: true });
  write(project, "tsconfig.json", JSON.stringify({ ...TSCONFIG, include: [target] }));
  write(project, "package.json", '{ "type": "module" }');
  mkdirSync(join(project, "node_modules"), { recursive: true });
  symlinkSync(root, join(project, "node_modules/hetu"), "junction");
  return measure([tsc, "-p", project], project);
}

function row(name: string, { cpu, memory }: Cost, aim?: string): Row {
  return {
    name,
    value: Number(cpu.toFixed(2)),
    unit: "s CPU",
    ...(aim === undefined ? {} : { aim }),
    note: `${memory.toFixed(0)} MB at the most`,
  };
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
