import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generatedFiles } from "../../../compiler/emit/client-csharp/generated-files.js";
import type { EmittedFile } from "../../../compiler/emit/target.js";
import { LONGER } from "../../longer.js";
import { modelArbitrary } from "./model-arbitrary.js";

const template = fileURLToPath(new URL("../../../templates/client-csharp", import.meta.url));

/** As HeTu.csproj has it, and nothing may be left to warn about. */
const PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.1</TargetFramework>
    <LangVersion>9.0</LangVersion>
    <Nullable>enable</Nullable>
    <AssemblyName>HeTu</AssemblyName>
    <GenerateDocumentationFile>true</GenerateDocumentationFile>
    <AnalysisLevel>latest-default</AnalysisLevel>
    <EnableNETAnalyzers>true</EnableNETAnalyzers>
    <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="${template}/Runtime/**/*.cs" />
    <Compile Include="Generated/**/*.cs" />
  </ItemGroup>
</Project>
`;

const SCHEMAS = 40 * LONGER;
const seed = Math.floor(Math.random() * 2 ** 31);

async function build(folder: string): Promise<string[]> {
  const args = ["build", "--nologo", "-v", "q", "-clp:NoSummary", "-p:UseSharedCompilation=false", "-nodeReuse:false"];
  const child = spawn("dotnet", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const problems = [...new Set(output.split("\n").filter((line) => /(error|warning) [A-Z]+\d+/.test(line)))];
  return code === 0 || problems.length > 0 ? problems : [output];
}

describe(`C# of random schemas with hostile names and docs, seed ${seed}`, () => {
  let folder: string;
  let files: readonly EmittedFile[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hetu-csharp-"));
    // Each model in namespaces of its own: all of them are one assembly.
    files = Array.from({ length: SCHEMAS }, (_, at) => {
      return fc.sample(modelArbitrary(`first${at}`, `second${at}`), { numRuns: 1, seed: seed + at });
    }).flatMap((models) => models.flatMap(generatedFiles));
    for (const { path: file, content } of files) {
      await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
      await writeFile(path.join(folder, file), content);
    }
    await writeFile(path.join(folder, "HeTu.csproj"), PROJECT);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("compiles without errors and warnings", { timeout: 600_000 }, async () => {
    const problems = await build(folder);
    expect(problems.filter((problem) => problem.includes(folder))).toStrictEqual([]);
    expect(problems.filter((problem) => problem.includes(": error"))).toStrictEqual([]);
  });

  it("gives every file a path of its own, also where case does not count", () => {
    const paths = files.map(({ path: file }) => file.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("leaves no line with space at its end, and no two empty lines", () => {
    const untidy = files.filter(({ content }) => /[ \t]\n|\n\n\n|\{\n\n|\n\n *\}/.test(content));
    expect(untidy.map(({ path: file }) => file)).toStrictEqual([]);
  });
});
