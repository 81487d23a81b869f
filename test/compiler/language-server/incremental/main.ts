import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { fuzz, FuzzFailure } from "./fuzz.js";

const HELP = `npm run fuzz:schema -- [options]

Edits a project at random, as an editor would, and looks at its problems after each edit: nothing may throw, and what
is worked out from the state before must be what comes out afresh.

Options:
  --edits <n>          how many (default 1000000)
  --seed <n>           makes the edits of an earlier run again (default: a random one, which is printed)
  --compare-every <n>  edits between two comparisons with a project read afresh (default 20)
  --json               one JSON object on stdout instead of a sentence
  --help               this text

Ends with 0 when all went well, 1 when something did not (with the texts that did it), 2 when called wrongly.

Examples:
  npm run fuzz:schema
  npm run fuzz:schema -- --edits 20000 --seed 7 --compare-every 1`;

const options = {
  edits: { type: "string", default: "1000000" },
  seed: { type: "string", default: String(randomInt(2 ** 32)) },
  "compare-every": { type: "string", default: "20" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

try {
  const { values } = parseArgs({ options });
  if (values.help) print(HELP);
  else run(wholeNumber(values.edits), wholeNumber(values.seed), wholeNumber(values["compare-every"]), values.json);
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  complain(`${error.message}\n\n${HELP}`);
  process.exitCode = 2;
}

function run(edits: number, seed: number, compareEvery: number, json: boolean): void {
  const began = performance.now();
  const { stderr } = process;
  let shown = began;
  const onEdit = (edit: number): void => {
    const now = performance.now();
    if (!stderr.isTTY || now - shown < 500) return;
    shown = now;
    stderr.write(`\r\x1b[K${edit.toLocaleString("en-US")} of ${edits.toLocaleString("en-US")} edits, seed ${seed}`);
  };
  let failure: string | undefined;
  try {
    fuzz({ seed, edits, compareEvery, onEdit });
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error;
    failure = error.message;
    process.exitCode = 1;
  }
  if (stderr.isTTY) stderr.write("\r\x1b[K");
  const seconds = Math.round((performance.now() - began) / 1000);
  if (json) print(JSON.stringify({ seed, edits, compareEvery, seconds, ok: failure === undefined, failure }));
  else if (failure !== undefined) complain(failure);
  else print(`${edits.toLocaleString("en-US")} edits with seed ${seed} in ${seconds} s: all as read afresh`);
}

/** @throws TypeError as `parseArgs` does it. */
function wholeNumber(text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new TypeError(`"${text}" is no whole number`);
  return Number(text);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
