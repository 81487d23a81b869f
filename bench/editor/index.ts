import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { largeSchema } from "../compiler/large-schema.js";
import type { Row } from "../row.js";
import { LanguageServer } from "./language-server.js";

// This module runs as dist/bench/editor/index.js.
const hetuc = fileURLToPath(new URL("../../compiler/cli.js", import.meta.url));

export interface EditorOptions {
  /** A small schema and few keys, which only show that the benchmark still works. */
  readonly quick: boolean;
}

/** Typed key by key into a component: at first each key breaks the schema, at last it is whole again. */
const TYPED = "extra: string(32) @index";

/** What is typed before names are asked for: the start of a field's type. */
const ASKED_BEHIND = "other: ";

/** Milliseconds between keys, at the least: the server checks at once what is typed after a pause, and waits in a burst. */
const PAUSE = 200;
/** How long a pause is that follows a slow answer: what counts as a burst depends on what checking takes. */
const PATIENCE = 3;

/**
 * Gives the file a problem that stays, so that the server has something to send of every version.
 */
const LASTING_PROBLEM = "error Lasting { of: Nothing }\n";

interface Shape {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Latencies of the language server, in a process of its own over stdio, on 1,000 components and 1,000 systems. */
export async function run({ quick }: EditorOptions, report: (row: Row) => void): Promise<void> {
  const files = largeSchema(quick ? 1 : 20);
  const texts = Object.values(files).map((text) => text.replace("namespace big\n", ""));
  const shapes: readonly Shape[] = [
    { name: `${Object.keys(files).length} files`, files },
    { name: "one file", files: { "schema/all.hetu": `namespace big\n${texts.join("")}` } },
  ];
  for (const shape of shapes) await measureShape(shape, quick ? 1 : 8, report);
}

async function measureShape({ name, files }: Shape, rounds: number, report: (row: Row) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hetu-bench-editor-"));
  try {
    write(folder, "hetu.json", "{}");
    for (const [path, text] of Object.entries(files)) write(folder, path, text);
    const entries = Object.entries(files);
    const [path, text] = entries[entries.length >> 1] ?? ["", ""];

    const began = performance.now();
    const server = await LanguageServer.start(hetuc, folder);
    await server.open(path, text + LASTING_PROBLEM);
    const started = performance.now() - began;

    await pause(PATIENCE * started);
    const keys: number[] = [];
    const completions: number[] = [];
    const line = lineOfField(text);
    const at = (character: number) => ({ line, character });
    let processorTime = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = server.processorTime() ?? NaN;
      for (const [index, key] of [...TYPED].entries()) {
        const took = await server.change(path, at(2 + index), at(2 + index), key);
        keys.push(took);
        await pause(Math.max(PAUSE, PATIENCE * took));
      }
      processorTime += (server.processorTime() ?? NaN) - before;
      let took = await server.change(path, at(2), at(2 + TYPED.length), "");
      for (const key of ["i", "s", "K"]) {
        await pause(Math.max(PAUSE, PATIENCE * took));
        took = await server.complete(path, at(2), ASKED_BEHIND + key);
        completions.push(took);
        await pause(Math.max(PAUSE, PATIENCE * took));
        took = await server.change(path, at(2), at(2 + ASKED_BEHIND.length + key.length), "");
      }
      await pause(Math.max(PAUSE, PATIENCE * took));
    }
    const cost = processorTime / keys.length;
    const costText = Number.isNaN(cost) ? "" : `, ${cost.toFixed(0)} ms CPU a key`;
    const typing = latency(`a key until its problems, ${name}`, keys, "< 50");
    report({ ...typing, note: `${typing.note ?? ""}${costText}` });
    report(latency(`a key until its completion, ${name}`, completions, "< 50"));
    report({ name: `start until the first problems, ${name}`, value: Math.round(started), unit: "ms" });
    const memory = server.memory();
    if (memory !== undefined) report({ name: `memory of the server, ${name}`, value: Math.round(memory), unit: "MB" });
    await server.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A field of a component in the middle of a text, behind two spaces; what is typed before it is a field, too. */
function lineOfField(text: string): number {
  const middle = text.indexOf("  score: f32", text.length / 2);
  if (middle < 0) throw new Error("the schema has no field in its second half");
  return text.slice(0, middle).split("\n").length - 1;
}

function latency(name: string, times: readonly number[], aim: string): Row {
  const sorted = [...times].sort((a, b) => a - b);
  const percentile = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const [p50, p95, p99] = [percentile(0.5), percentile(0.95), percentile(0.99)].map((time) => time.toFixed(1));
  return { name: `${name}, p95`, value: Number(p95), unit: "ms", aim, note: `p50 ${p50} ms, p99 ${p99} ms` };
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
