// Serves the walking example on the embedded store, with bots, until it is stopped. `npm run demo` builds first.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const example = join(root, "schema-examples/walking");
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "2466" },
    bots: { type: "string", default: "12" },
    metrics: { type: "string", default: "off" },
  },
});

const args = ["dev", "--port", values.port, "--metrics", values.metrics];
const server = spawn(process.execPath, [join(root, "dist/runtime/cli.js"), ...args], {
  cwd: example,
  stdio: "inherit",
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));

const page = `http://127.0.0.1:${values.port}/`;
await answers(page);

// The bots are TypeScript on the generated SDK: translated as a whole, then loaded.
const bots = join(example, ".hetu/bots.mjs");
mkdirSync(join(example, ".hetu"), { recursive: true });
await build({
  entryPoints: [join(example, "bots.ts")],
  outfile: bots,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
});
const { startBots } = await import(pathToFileURL(bots).href);
startBots(`ws://127.0.0.1:${values.port}/hetu/walking`, Number(values.bots));

console.log(`
  ${values.bots} bots are walking about. Open the world in a browser, or in two:

      ${page}

  Change schema-examples/walking/schema/walking.hetu or server/index.ts and watch this terminal. Ctrl+C stops.
`);

/**
 * Waits until the server serves the page; when it cannot start, its own message is on the terminal and we end with it.
 * @param {string} url
 */
async function answers(url) {
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
