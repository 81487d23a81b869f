// Checks the C# that the compiler writes: `npm run check:csharp`, or `node scripts/check-csharp.mjs build format aot` for
// parts of it. Needs the .NET SDK, what scripts/build.mjs leaves in dist/, and fresh output (`npm run generate`).
// - build: each output is an assembly for netstandard2.1 and net8.0, and the sample for Unity compiles; a warning is an
//   error
// - format: `dotnet format` finds nothing to change, neither in what is generated nor in the SDK
// - aot: a program on the walking client, trimmed and compiled ahead of time without a warning, plays on a real server
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { dotnet, dotnetProblem } from "./dotnet.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Beside the sources, so that a second run compiles what has changed. */
const artifacts = join(root, "node_modules/.cache/hetu/csharp");

const outputs = [
  ...readdirSync(join(root, "generated")).map((name) => join(root, "generated", name)),
  join(root, "test/fixtures/world/generated"),
]
  .map((folder) => join(folder, "client-csharp"))
  .filter((folder) => existsSync(join(folder, "HeTu.csproj")));

/** @param {string} folder */
function nameOf(folder) {
  const project = dirname(folder);
  return basename(project) === "generated" ? basename(dirname(project)) : basename(project);
}

/**
 * Ends this program when .NET does not succeed.
 * @param {string} what
 * @param {readonly string[]} args
 */
function dotnetOrExit(what, ...args) {
  console.log(`check-csharp: ${what}`);
  if (dotnet(root, ...args) === 0) return;
  console.error(`check-csharp: failed: ${what}`);
  process.exit(1);
}

function build() {
  const sample = join(root, "test/csharp/SampleCheck");
  for (const folder of [...outputs, sample]) {
    const name = folder === sample ? "sample" : nameOf(folder);
    const project = folder === sample ? folder : join(folder, "HeTu.csproj");
    const quiet = ["-v", "q", "--nologo", "-clp:NoSummary", "-warnaserror"];
    dotnetOrExit(`build ${name}`, "build", project, "--artifacts-path", join(artifacts, name), ...quiet);
  }
}

function format() {
  for (const folder of outputs) {
    const name = nameOf(folder);
    // `dotnet format` takes no such option, but properties from the environment.
    process.env["ArtifactsPath"] = join(artifacts, name);
    process.env["UseArtifactsOutput"] = "true";
    // Without `--include`, which silently matches nothing when it is given absolute paths.
    dotnetOrExit(`format of ${name}`, "format", join(folder, "HeTu.csproj"), "--verify-no-changes");
  }
  delete process.env["ArtifactsPath"];
  delete process.env["UseArtifactsOutput"];
}

async function aot() {
  const project = join(root, "test/csharp/AotCheck/AotCheck.csproj");
  const place = join(artifacts, "aot");
  rmSync(join(place, "publish"), { recursive: true, force: true });
  const options = ["-c", "Release", "-v", "q", "--nologo", "-clp:NoSummary", "--artifacts-path", place];
  dotnetOrExit("compile AotCheck ahead of time", "publish", project, ...options);
  const published = join(place, "publish/AotCheck");
  const configuration = readdirSync(published)[0] ?? "";
  const program = join(published, configuration, process.platform === "win32" ? "AotCheck.exe" : "AotCheck");

  const data = mkdtempSync(join(tmpdir(), "hetu-aot-"));
  const server = spawn(
    process.execPath,
    [join(root, "dist/runtime/cli.js"), "start", "--port", "0", "--metrics", "off", "--data", data, "--no-supervise"],
    { cwd: join(root, "schema-examples/walking"), stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise((resolve) => server.on("exit", resolve));
  try {
    const url = await urlOf(server.stdout);
    console.log(`check-csharp: run AotCheck at ${url}`);
    const { status, error } = spawnSync(program, [url], { stdio: "inherit", timeout: 60_000 });
    if (error) throw error;
    if (status !== 0) process.exitCode = 1;
  } finally {
    server.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * Where a server listens, as its log tells.
 * @param {import("node:stream").Readable} log
 */
async function urlOf(log) {
  for await (const line of createInterface({ input: log })) {
    const found = /ws:\/\/[^\s"]+/.exec(line);
    if (found !== null) {
      // What it says later must not fill the pipe.
      log.resume();
      return found[0];
    }
  }
  throw new Error("the server ended before it was serving");
}

const problem = dotnetProblem();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
const parts = { build, format, aot };
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const name of wanted) {
  const part = parts[/** @type {keyof typeof parts} */ (name)];
  if (part === undefined) {
    console.error(`check-csharp: there is no part ${name}; the parts are ${Object.keys(parts).join(", ")}`);
    process.exit(2);
  }
  await part();
}
