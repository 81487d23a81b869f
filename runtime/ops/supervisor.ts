import cluster from "node:cluster";
import type { Log } from "../server/log.js";
import { RestartDelay } from "./restart-delay.js";
import { onStopSignals } from "./stop-signals.js";
import { type Ending, WorkerGoneError, WorkerProcess } from "./worker-process.js";
import { EXIT_DO_NOT_RESTART, type HeldLease, SUPERVISED } from "./worker-requests.js";

/** What a worker may take to say that it has begun to stop, or to free what a dead one held, in milliseconds. */
const SHORT_TASK = 5000;
/** What a worker may take to end after its deadline: it writes what is not durable yet. */
const GRACE = 5000;

export interface SupervisorOptions {
  /** How many processes serve, on one port. */
  readonly workers: number;
  readonly log: Log;
  /** What a worker that starts now finds in its environment. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** Milliseconds for which it still serves after it was asked to stop, while nobody is to be sent to it any more. */
  readonly drainDelayMs: number;
  /** Milliseconds that workers give running calls when they stop. */
  readonly stopDeadlineMs: number;
  /** A worker has begun to serve. */
  readonly onServing?: (worker: WorkerProcess) => void;
}

export type SupervisorState = "starting" | "serving" | "draining" | "stopping";

/** The place of a worker, and of those that replace it. */
interface Slot {
  readonly number: number;
  readonly delay: RestartDelay;
  worker: WorkerProcess | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Runs the server in processes of its own, all on one port, and replaces those that die. It listens itself and gives
 * them connections in turn, so that they have equally many; and so the port is free as soon as it is gone itself.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #slots: readonly Slot[];
  readonly #deadLeases: HeldLease[] = [];
  #state: SupervisorState = "starting";
  #everServed = false;
  #restarts = 0;
  #exitCode = 0;
  #finish: (code: number) => void = () => undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.workers }, (_, at) => ({
      number: at + 1,
      delay: new RestartDelay(),
      worker: undefined,
      timer: undefined,
    }));
  }

  /** `serving`: all workers have begun to serve, even if one has died since. */
  get state(): SupervisorState {
    return this.#state;
  }

  /** How many there should be. */
  get size(): number {
    return this.#slots.length;
  }

  /** Those that serve. */
  get serving(): readonly WorkerProcess[] {
    return this.#alive().filter(({ ready }) => ready !== undefined);
  }

  /** Whether there is one that does not serve yet. */
  get isStartingOne(): boolean {
    return this.#alive().length > this.serving.length;
  }

  /** Those that died unasked. */
  get restarts(): number {
    return this.#restarts;
  }

  /**
   * Starts the workers, the first one alone: what is wrong with settings or data is then said once.
   * @returns the exit code to end with: when the workers ended as they were asked to, or cannot be started at all.
   */
  run(): Promise<number> {
    cluster.schedulingPolicy = cluster.SCHED_RR;
    const [program, ...args] = process.argv.slice(1);
    cluster.setupPrimary({ ...(program === undefined ? {} : { exec: program }), args, serialization: "advanced" });
    onStopSignals(
      (reason) => void this.#stop(reason),
      () => this.#force(),
    );
    return new Promise((resolve) => {
      this.#finish = resolve;
      const [first] = this.#slots;
      if (first !== undefined) this.#start(first);
    });
  }

  #alive(): readonly WorkerProcess[] {
    return this.#slots.flatMap(({ worker }) => (worker === undefined ? [] : [worker]));
  }

  #start(slot: Slot): void {
    const environment = { ...this.#options.environment(), [SUPERVISED]: "1" };
    const worker = new WorkerProcess(slot.number, environment, {
      joined: () => this.#onJoined(worker),
      ready: () => this.#onReady(worker),
    });
    slot.worker = worker;
    void worker.ended.then((ending) => this.#onEnd(slot, worker, ending));
  }

  /** It waits until it knows of the dead that they are dead, and of one of the others that it lives. */
  #onJoined(worker: WorkerProcess): void {
    this.#reapDead();
    for (const other of this.serving) {
      if (other !== worker) other.ask("renew", undefined, SHORT_TASK).catch(() => undefined);
    }
  }

  #onReady(worker: WorkerProcess): void {
    if (!this.#everServed) {
      this.#everServed = true;
      if (this.#state === "starting") for (const slot of this.#slots) if (slot.worker === undefined) this.#start(slot);
    }
    if (this.#state === "starting" && this.serving.length === this.size) {
      this.#state = "serving";
      if (this.size > 1) this.#options.log.info({ workers: this.size }, `all ${this.size} workers serve`);
    }
    this.#reapDead();
    this.#options.onServing?.(worker);
  }

  #onEnd(slot: Slot, worker: WorkerProcess, ending: Ending): void {
    slot.worker = undefined;
    this.#deadLeases.push(...worker.leases);
    if (this.#state === "draining" || this.#state === "stopping") {
      if (worker.ready !== undefined) this.#exitCode ||= ending.code ?? 1;
      this.#finishIfAlone();
      return;
    }
    const lasting = ending.code === EXIT_DO_NOT_RESTART;
    if (!this.#everServed || (lasting && (this.#state === "starting" || this.serving.length === 0))) {
      this.#exitCode = ending.code ?? 1;
      this.#state = "stopping";
      void this.#stopWorkers("another worker cannot start");
      return;
    }
    this.#restarts++;
    this.#reapDead();
    const reason = ending.signal === null ? `exit code ${ending.code ?? "unknown"}` : `signal ${ending.signal}`;
    const delayMs = lasting ? slot.delay.longest() : slot.delay.next(worker.servedMs);
    const who = this.size === 1 ? "the server" : `worker ${slot.number}`;
    this.#options.log.error({ worker: slot.number, reason, delayMs }, `${who} died (${reason}), a new one starts`);
    slot.timer = setTimeout(() => this.#start(slot), delayMs);
  }

  /** What a dead process held on a shared store would otherwise be free only when its lease ends. */
  #reapDead(): void {
    for (const lease of this.#deadLeases.splice(0)) {
      const reaper = this.#reaperOf(lease);
      if (reaper === undefined) {
        this.#deadLeases.push(lease);
        continue;
      }
      reaper.ask("reap", lease, SHORT_TASK).catch((error: unknown) => {
        if (error instanceof WorkerGoneError) {
          // Its own end follows, at which another one is asked; or the one that replaces it will be.
          this.#deadLeases.push(lease);
          return;
        }
        const { instance, worker } = lease;
        this.#options.log.warn({ instance, worker, err: error }, "a dead worker is cleared away when its lease ends");
      });
    }
  }

  /** One that serves; or else one that is about to start the instance anew. */
  #reaperOf({ instance }: HeldLease): WorkerProcess | undefined {
    const [serving] = this.serving;
    return serving ?? this.#alive().find(({ leases }) => leases.some((held) => held.instance === instance));
  }

  async #stop(reason: string): Promise<void> {
    const { log, drainDelayMs } = this.#options;
    if (this.#state !== "starting" && this.#state !== "serving") return;
    // Nobody has been sent here yet.
    const drainMs = this.#everServed ? drainDelayMs : 0;
    this.#state = "draining";
    for (const { timer } of this.#slots) clearTimeout(timer);
    if (drainMs > 0) {
      log.info({ drainDelayMs: drainMs }, `${reason}: not ready any more, stopping in ${drainMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, drainMs));
    } else if (this.size > 1) {
      log.info({}, `${reason}: stopping ${this.#alive().length} workers`);
    }
    this.#state = "stopping";
    await this.#stopWorkers(reason);
  }

  async #stopWorkers(reason: string): Promise<void> {
    for (const { timer } of this.#slots) clearTimeout(timer);
    const workers = this.#alive();
    for (const worker of workers) {
      worker.ask("stop", reason, SHORT_TASK).catch(() => undefined);
      // One that has just been started hears no message yet; once it does, it is deaf to this.
      if (worker.ready === undefined) worker.kill("SIGTERM");
    }
    const timer = setTimeout(() => {
      for (const worker of workers) {
        if (worker.hasEnded) continue;
        this.#options.log.error({ worker: worker.slot }, `worker ${worker.slot} does not end and is killed`);
        worker.kill("SIGKILL");
      }
    }, this.#options.stopDeadlineMs + GRACE);
    await Promise.all(workers.map(({ ended }) => ended));
    clearTimeout(timer);
    this.#finishIfAlone();
  }

  #force(): void {
    this.#options.log.warn({}, "second signal: ending at once");
    for (const worker of this.#alive()) worker.kill("SIGKILL");
    this.#finish(1);
  }

  #finishIfAlone(): void {
    if (this.#state === "stopping" && this.#alive().length === 0) this.#finish(this.#exitCode);
  }
}
