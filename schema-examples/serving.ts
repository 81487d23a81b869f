import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program, Programs } from "../test/runtime/cli/program.js";

/** An example that `hetu start` serves from its own folder, on fresh data and a free port. */
export interface Served {
  readonly port: number;
  readonly url: string;
  /** Ends the server, keeps its data. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an example as an operator would: the program as it ships, the example's own hetu.json.
 *
 * @param namespace of its schema, when the folder has another name.
 */
export async function serve(example: string, namespace: string = example): Promise<Served> {
  const programs = await Programs.build();
  const data = await mkdtemp(join(tmpdir(), `hetu-${example}-`));
  const folder = fileURLToPath(new URL(`./${example}`, import.meta.url));
  const start = async (port: number): Promise<{ program: Program; port: number }> => {
    const args = ["start", "--data", data, "--port", String(port), "--host", "127.0.0.1", "--metrics", "off"];
    const program = new Program(programs.hetu, args, { cwd: folder });
    const match = await program.line(new RegExp(`serving ws://127\\.0\\.0\\.1:(\\d+)/hetu/${namespace}`));
    return { program, port: Number(match[1]) };
  };
  let running = await start(0);
  const { port } = running;
  return {
    port,
    url: `ws://127.0.0.1:${port}/hetu/${namespace}`,
    async stop() {
      await running.program.stop();
    },
    async restart() {
      running = await start(port);
    },
    async close() {
      await running.program.stop();
      await programs.remove();
      await rm(data, { recursive: true, force: true });
    },
  };
}
