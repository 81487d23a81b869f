// Runs an example of schema-examples/ with `hetu dev` until it is stopped: `npm run example -- chat`, which builds first.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundlePage } from "./bundle-page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const examples = join(root, "schema-examples");
const { values, positionals } = parseArgs({
  options: {
    port: { type: "string", default: "2466" },
    metrics: { type: "string", default: "off" },
    data: { type: "string" },
  },
  allowPositionals: true,
});

const [name] = positionals;
if (name === undefined || !existsSync(join(examples, name, "hetu.json"))) {
  const known = readdirSync(examples).filter((each) => existsSync(join(examples, each, "hetu.json")));
  console.error(`example: name one of ${known.join(", ")}, as in \`npm run example -- ${known[0]}\``);
  process.exit(2);
}
const folder = join(examples, name);

await bundlePage(folder, { watch: true });

const args = [
  "dev",
  "--port",
  values.port,
  "--metrics",
  values.metrics,
  ...(values.data === undefined ? [] : ["--data", values.data]),
];
const server = spawn(process.execPath, [join(root, "dist/runtime/cli.js"), ...args], { cwd: folder, stdio: "inherit" });
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));
