import { resolve } from "node:path";
import type { Logger } from "pino";
import type { ResolvedSettings } from "../config/server-settings.js";
import type { PagesListener } from "../ops/pages-listener.js";
import type { Implementation } from "../schema/schema.js";
import { checkStore } from "../server/check-store.js";
import { SchemaChangeError } from "../store/errors.js";
import type { UpgradeRefusedError } from "../store/migration/errors.js";
import { upgradeCommand } from "../store/redis/registry/errors.js";
import { StoredSchemaError } from "../store/redis/registry/start-errors.js";
import { askYesNo, canAsk } from "./ask.js";
import { CodeWatcher } from "./code-watcher.js";
import { type BuildEvent, CompilerProcess } from "./compiler-process.js";
import { isAboutData, lossesOf, upgradeForDev } from "./dev-upgrade.js";
import { bundleEntry, loadBundle } from "./entry.js";
import { addressNote, describeFailure, isAboutCode } from "./failure.js";
import { disposeOf, type LoadedVersion } from "./loaded-versions.js";
import { servePages } from "./operations-pages.js";
import { packageInfo } from "./package-info.js";
import { type RunningServer, startServer } from "./run-server.js";

export interface DevOptions {
  readonly settings: ResolvedSettings;
  readonly project: { readonly file: string | undefined; readonly root: string; readonly out: string };
  /** Deletes data that does not fit a new schema without asking. */
  readonly resetData: boolean;
  readonly log: Logger;
  /** The server cannot be started, and no change of the code would help: a taken port, data in use. */
  readonly onHopeless: () => void;
}

/**
 * `hetu dev`: the compiler in a process beside it, the server in this one. Whatever changes — schema or code — ends up
 * as a new bundle, which is swapped into the running server. What cannot be swapped leaves the old code running.
 */
export class DevSession {
  readonly #options: DevOptions;
  readonly #watcher: CodeWatcher;
  #compiler: CompilerProcess | undefined;
  #running: RunningServer | undefined;
  #current: string | undefined;
  #loaded: LoadedVersion | undefined;
  #loads = 0;
  #pages: PagesListener | undefined;
  #compiled = false;
  #due = false;
  #working = false;
  #stopped = false;
  #question: AbortController | undefined;

  constructor(options: DevOptions) {
    this.#options = options;
    this.#watcher = new CodeWatcher(resolve(options.project.root, options.project.out), () => this.#update());
  }

  start(): void {
    const { log, project } = this.#options;
    this.#compiler = new CompilerProcess(
      packageInfo().hetuc,
      project,
      (event) => this.#onBuild(event),
      (reason) => log.error({ reason }, `the compiler has ended (${reason}); schema changes are not seen any more`),
    );
    this.#watcher.follow([this.#options.settings.entry]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#question?.abort();
    this.#compiler?.stop();
    await this.#watcher.stop();
    await this.#running?.close();
    this.#pages?.close();
    if (this.#loaded !== undefined) await disposeOf(this.#loaded, this.#options.log);
  }

  #onBuild(event: BuildEvent): void {
    const { log } = this.#options;
    for (const { code, severity, message, path, start, help } of event.diagnostics) {
      const text = `${path}:${start.line}:${start.column} ${severity}[${code}] ${message}${help === undefined ? "" : `\n  help: ${help}`}`;
      if (severity === "error") log.error({}, text);
      else log.warn({}, text);
    }
    if (event.error !== undefined) log.error({ help: event.error.help }, `hetuc: ${event.error.message}`);
    if (!event.ok) {
      log.error(
        {},
        this.#running === undefined ? "the schema has errors" : "the schema has errors; the old code goes on",
      );
      return;
    }
    log.info(
      { written: event.files.written.length, removed: event.files.removed.length, ms: event.ms },
      "schema built",
    );
    this.#compiled = true;
    this.#update();
  }

  /** Something has changed: one update after the other, and what changes meanwhile makes one more. */
  #update(): void {
    if (!this.#compiled) return;
    this.#due = true;
    this.#question?.abort();
    if (this.#working) return;
    this.#working = true;
    void this.#work().finally(() => (this.#working = false));
  }

  async #work(): Promise<void> {
    while (this.#due && !this.#stopped) {
      this.#due = false;
      try {
        await this.#takeCode();
      } catch (error) {
        this.#tell(error);
      }
    }
  }

  #tell(error: unknown): void {
    const { log, onHopeless } = this.#options;
    const { text } = describeFailure(error);
    if (this.#running !== undefined) log.error({}, `${text}; the old code goes on`);
    else if (isAboutCode(error)) log.error({}, `${text}; waiting for changes`);
    else {
      log.fatal({}, text);
      onHopeless();
    }
  }

  async #takeCode(): Promise<void> {
    const bundle = await bundleEntry(this.#options.settings.entry);
    this.#watcher.follow(bundle.inputs);
    if (bundle.code === this.#current) return;
    const code = await loadBundle(bundle);
    const loaded: LoadedVersion = { number: ++this.#loads, codes: [{ instance: undefined, code }] };
    const began = performance.now();
    let isServed = false;
    try {
      isServed = await this.#serve(code.implementation);
    } finally {
      if (!isServed) await disposeOf(loaded, this.#options.log);
    }
    if (!isServed) return;
    const before = this.#loaded;
    this.#loaded = loaded;
    this.#current = bundle.code;
    this.#running?.knowSystems();
    if (before !== undefined) await disposeOf(before, this.#options.log);
    this.#options.log.info({ ms: Math.round(performance.now() - began) }, "the new code runs");
  }

  /** @returns whether it is served now. */
  async #serve(implementation: Implementation): Promise<boolean> {
    try {
      await this.#exchange(implementation, false);
      return true;
    } catch (error) {
      if (!isAboutData(error)) throw error;
      this.#options.log.warn({}, error.message);
      if (await this.#bringWithLosses(implementation, error)) return true;
      if (!(await this.#mayReset())) return false;
      await this.#exchange(implementation, true);
      return true;
    }
  }

  async #exchange(implementation: Implementation, reset: boolean): Promise<void> {
    const { settings, log } = this.#options;
    try {
      if (this.#running === undefined) await this.#start(implementation, reset, settings.options.port);
      else await this.#running.server.swap(implementation, { reset });
    } catch (error) {
      const isPossible = error instanceof SchemaChangeError && error.problems.length === 0;
      if (!isPossible && !(error instanceof StoredSchemaError)) throw error;
      await this.#bring(implementation, []);
    }
    if (reset) log.warn({}, "the data was reset");
  }

  /** Asks for what would be lost; the rows, which are looked at last, may ask for more. @returns whether it is done. */
  async #bringWithLosses(
    implementation: Implementation,
    first: SchemaChangeError | UpgradeRefusedError,
  ): Promise<boolean> {
    const losses: string[] = [];
    for (let refusal = first; ;) {
      const more = await this.#mayLose(refusal);
      if (more === undefined) return false;
      losses.push(...more);
      try {
        await this.#bring(implementation, losses);
        return true;
      } catch (error) {
        if (!isAboutData(error)) throw error;
        this.#options.log.warn({}, error.message);
        refusal = error;
      }
    }
  }

  /** The server ends, the data is brought to the schema, and another server begins. @throws as upgradeForDev. */
  async #bring(implementation: Implementation, losses: readonly string[]): Promise<void> {
    const { settings, log } = this.#options;
    const before = this.#running;
    const port = before?.server.port ?? settings.options.port;
    try {
      await upgradeForDev(settings, log, implementation, before, losses);
    } catch (failure) {
      // It may have ended before it went wrong.
      if (before?.server.state === "closed") {
        this.#running = undefined;
        const old = this.#loaded?.codes[0]?.code.implementation;
        if (old !== undefined && isAboutData(failure)) await this.#start(old, false, port);
      }
      throw failure;
    }
    // The connections have ended with the server; they come back on the same port.
    this.#running = undefined;
    await this.#start(implementation, false, port);
  }

  async #start(implementation: Implementation, resetData: boolean, port: number | undefined): Promise<void> {
    const { settings, log } = this.#options;
    const options = port === undefined ? settings.options : { ...settings.options, port };
    const served = { implementation, swappable: true, resetData };
    this.#running = await startServer({ ...settings, options }, log, served);
    const { operations } = this.#running;
    this.#pages?.close();
    if (operations !== undefined) this.#pages = await servePages(operations, settings, log);
  }

  /** @returns what an upgrade may lose; `undefined`: nobody has said so. */
  async #mayLose(error: SchemaChangeError | UpgradeRefusedError): Promise<readonly string[] | undefined> {
    const losses = lossesOf(error);
    if (losses === undefined || this.#options.resetData || !canAsk()) return undefined;
    return (await this.#ask(`Bring the data to the new schema with ${losses.join(" ")}?`)) ? losses : undefined;
  }

  async #ask(question: string): Promise<boolean> {
    this.#question = new AbortController();
    const yes = await askYesNo(question, this.#question.signal);
    this.#question = undefined;
    return yes;
  }

  async #mayReset(): Promise<boolean> {
    const { log, resetData } = this.#options;
    const places = checkStore(this.#options.settings.options);
    if (places.kind === "redis") {
      const command = places.upgradeCommand ?? upgradeCommand(places.home.text);
      log.warn(
        {},
        `data on Redis is not deleted from here: stop this and run ${command} with what it asks for, or ` +
          `${command} --reset-data, or use another prefix or database${addressNote(command, process.env)}`,
      );
      return false;
    }
    if (resetData) return true;
    if (canAsk() && (await this.#ask("Delete all data and go on with the new schema?"))) return true;
    log.warn(
      {},
      this.#running === undefined
        ? "the server is not started; run hetu upgrade with what it asks for, or run with --reset-data to delete the data"
        : "the old code goes on; stop this and run hetu upgrade with what it asks for, or run with --reset-data to delete the data when a schema does not fit it",
    );
    return false;
  }
}
