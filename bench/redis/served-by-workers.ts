import cluster from "node:cluster";
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What one worker serves. */
export interface Served {
  readonly port: number;
  readonly path: string;
  /** Transactions that were run again so far. */
  again(): number;
  close(): Promise<void>;
}

/** Of all workers together. */
export interface WorkersUsage {
  /** Resident memory, in MB. */
  readonly memory: number;
  /** Processor time, in µs. */
  readonly cpu: number;
  readonly again: number;
}

/**
 * The body of a server process with workers: the first argument says how many; all share one port. Talks to the
 * benchmark as `startServer` expects.
 */
export async function serveByWorkers(start: () => Promise<Served>): Promise<void> {
  if (cluster.isPrimary) await supervise(Number(process.argv[2]));
  else await work(start);
}

async function supervise(count: number): Promise<void> {
  let first: unknown;
  const workers = Array.from({ length: count }, () => cluster.fork());
  for (const worker of workers) {
    worker.on("exit", (code) => {
      if (code !== 0) process.exit(code);
    });
  }
  for (const [served] of await Promise.all(workers.map((worker) => once(worker, "message")))) first ??= served;
  process.send!(first);
  process.on("message", (order: string) => {
    void Promise.all(
      workers.map((worker) => {
        const answer = once(worker, "message") as Promise<[WorkersUsage]>;
        worker.send(order);
        return answer;
      }),
    ).then((answers) => {
      const total = { memory: 0, cpu: 0, again: 0 };
      for (const [usage] of answers) {
        total.memory += usage.memory;
        total.cpu += usage.cpu;
        total.again += usage.again;
      }
      process.send!(total);
    });
  });
  process.on("disconnect", () => {
    void Promise.all(
      workers.map((worker) => {
        const ended = once(worker, "exit");
        worker.send("close");
        return ended;
      }),
    ).then(() => process.exit());
  });
}

async function work(start: () => Promise<Served>): Promise<void> {
  const served = await start();
  process.send!({ port: served.port, path: served.path });
  process.on("message", (order) => {
    if (order === "close") {
      void served.close().then(() => process.exit());
      return;
    }
    if (order === "settled") collectGarbage();
    const { user, system } = process.cpuUsage();
    process.send!({ memory: process.memoryUsage().rss / 1e6, cpu: user + system, again: served.again() });
  });
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 4; round++) collect();
}
