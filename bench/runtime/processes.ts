import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Usage {
  /** Resident memory now, in MB. */
  readonly memory: number;
  /** Processor time since its start, of all threads, in µs. */
  readonly cpu: number;
  /** Transactions that were run again so far; only servers on Redis tell it. */
  readonly again?: number;
}

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  readonly path: string;
  /** `settled`: after a collection of garbage; only servers on Redis do that. */
  usage(order?: "usage" | "settled"): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a server and waits for its port. */
export async function startServer(
  script: "bare-server" | "hetu-server" | "../redis/bare-workers" | "../redis/hetu-workers",
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const child = start(script, args);
  const [{ port, path }] = (await once(child, "message")) as [{ port: number; path?: string }];
  return {
    port,
    path: path ?? "/",
    async usage(order = "usage") {
      child.send(order);
      const [usage] = (await once(child, "message")) as [Usage];
      return usage;
    },
    async stop() {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}

/** A process that watches until it is stopped. */
export interface Watcher<Report> {
  /** What it has seen so far. */
  ask(): Promise<Report>;
  stop(): Promise<void>;
}

/** Starts a process that watches, and waits until it does. */
export async function startWatcher<Order extends object, Report>(
  script: string,
  order: Order,
): Promise<Watcher<Report>> {
  const child = start(script);
  child.send(order);
  await once(child, "message");
  return {
    async ask() {
      child.send("report");
      const [report] = (await once(child, "message")) as [Report];
      return report;
    },
    async stop() {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}

/** A process that does what it is asked, one thing after the other. */
export interface Team {
  ask<Report>(order: string): Promise<Report>;
  stop(): Promise<void>;
}

/** Starts a process with an order, and waits until it has answered. */
export async function startTeam<Order extends object>(script: string, order: Order): Promise<Team> {
  const child = start(script);
  child.send(order);
  await once(child, "message");
  return {
    async ask<Report>(question: string) {
      child.send(question);
      const [report] = (await once(child, "message")) as [Report];
      return report;
    },
    async stop() {
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}

/** Runs one order in a process of its own and gives its report. */
export async function runLoad<Order extends object, Report>(script: string, order: Order): Promise<Report> {
  const child = start(script);
  child.send(order);
  const [report] = (await once(child, "message")) as [Report];
  return report;
}

/** Like {@link runLoad}, for a process that says when it is ready before it works. */
export async function startLoad<Order extends object, Report>(
  script: string,
  order: Order,
): Promise<{ report: Promise<Report> }> {
  const child = start(script);
  child.send(order);
  await once(child, "message");
  return { report: once(child, "message").then(([message]) => (message as { report: Report }).report) };
}

function start(script: string, args: readonly string[] = []): ChildProcess {
  const child = fork(fileURLToPath(new URL(`./${script}.js`, import.meta.url)), args);
  child.on("exit", (code) => {
    if (code !== 0 && code !== null) throw new Error(`${script} ended with exit code ${code}`);
  });
  return child;
}
