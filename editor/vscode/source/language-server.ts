import * as vscode from "vscode";
import { CloseAction, type ErrorHandler, LanguageClient, State, TransportKind } from "vscode-languageclient/node";
import type { ServerProgram } from "./server-program";

/** The language server and what the editor shows of it: a log, and an entry in the language's menu at the bottom. */
export class LanguageServer implements vscode.Disposable {
  readonly #programs: () => Promise<readonly ServerProgram[]>;
  readonly #log = vscode.window.createOutputChannel("HeTu", { log: true });
  readonly #status = vscode.languages.createLanguageStatusItem("hetu.server", { language: "hetu" });
  #client: LanguageClient | undefined;
  /** Starts and ends come one after the other. */
  #last: Promise<void> = Promise.resolve();
  /** The server that runs is about to end: nothing more is told to it. */
  #ending = false;

  /** @param programs is asked anew for each start: what is tried, one after the other. */
  constructor(programs: () => Promise<readonly ServerProgram[]>) {
    this.#programs = programs;
    this.#status.name = "HeTu";
    this.#status.text = "hetuc";
  }

  /** Starts the server, in place of one that runs. Tells the user what goes wrong. Never rejects. */
  restart(): Promise<void> {
    this.#ending = true;
    return this.#inTurn(async () => {
      await this.#end().catch((error: unknown) => this.#log.error(String(error)));
      await this.#start();
    });
  }

  /** Ends the server. Never rejects. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  /** Writes a line into the log. */
  warn(message: string): void {
    this.#log.warn(message);
  }

  showLog(): void {
    this.#log.show();
  }

  /** @returns `undefined` when there is no server that could answer. */
  async request<T>(method: string, params: unknown): Promise<T | undefined> {
    await this.#last;
    if (this.#client?.isRunning() !== true) {
      void this.#tell(vscode.l10n.t("The language server of HeTu does not run."));
      return undefined;
    }
    return this.#client.sendRequest<T>(method, params);
  }

  dispose(): void {
    this.#status.dispose();
    this.#log.dispose();
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(task).catch((error: unknown) => this.#log.error(String(error)));
    return this.#last;
  }

  async #start(): Promise<void> {
    for (const program of await this.#programs()) {
      // The client waits for ever for a program that ends without an answer.
      let giveUp: (error: Error) => void = () => undefined;
      const ended = new Promise<never>((_resolve, reject) => (giveUp = reject));
      const client = this.#clientOf(program, () => giveUp(new Error("the language server has ended at once")));
      this.#client = client;
      try {
        await Promise.race([client.start(), ended]);
        return;
      } catch (error) {
        this.#log.error(error instanceof Error ? error.message : String(error));
      }
      if (program.origin !== "extension") void this.#tell(doesNotStart(program.origin));
    }
    void this.#tell(vscode.l10n.t("The language server of HeTu does not run."));
  }

  /** @param onUseless is called when the program ends before it has answered. */
  #clientOf({ command, args, origin }: ServerProgram, onUseless: () => void): LanguageClient {
    const line = [command, ...args].join(" ");
    this.#log.info(`language server of the ${origin}: ${line}`);
    this.#status.detail = {
      setting: vscode.l10n.t("language server: hetu.server.path"),
      project: vscode.l10n.t("language server of the project"),
      extension: vscode.l10n.t("language server of the extension"),
    }[origin];
    this.#status.command = { command: "hetu.showOutput", title: vscode.l10n.t("Log"), tooltip: line };
    // The Node of the editor itself, when the program is a script.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
    let hasRun = false;
    const client: LanguageClient = new LanguageClient(
      "hetu",
      "HeTu",
      { command, args: [...args], transport: TransportKind.stdio, options: { env } },
      {
        documentSelector: [
          { scheme: "file", language: "hetu" },
          { scheme: "untitled", language: "hetu" },
        ],
        outputChannel: this.#log,
        traceOutputChannel: this.#log,
        middleware: {
          workspace: {
            didChangeConfiguration: (sections, next) => (this.#ending ? Promise.resolve() : next(sections)),
          },
        },
        initializationFailedHandler: () => false,
        errorHandler: {
          error: (...failure) => usual().error(...failure),
          closed: () => {
            // Started again, some times.
            if (hasRun) return usual().closed();
            onUseless();
            return { action: CloseAction.DoNotRestart, handled: true };
          },
        },
      },
    );
    let handler: ErrorHandler | undefined;
    const usual = (): ErrorHandler => (handler ??= client.createDefaultErrorHandler());
    client.onDidChangeState(({ newState }) => {
      const { Error: failed, Information: well } = vscode.LanguageStatusSeverity;
      hasRun ||= newState === State.Running;
      this.#status.severity = newState === State.Stopped || newState === State.StartFailed ? failed : well;
      this.#status.busy = newState === State.Starting;
    });
    return client;
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      if (client?.isRunning() === true) await client.stop();
    } finally {
      this.#ending = false;
    }
  }

  async #tell(message: string): Promise<void> {
    const [log, settings] = [vscode.l10n.t("Log"), vscode.l10n.t("Settings")];
    const choice = await vscode.window.showErrorMessage(message, log, settings);
    if (choice === log) this.showLog();
    if (choice === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "hetu.server.path");
  }
}

function doesNotStart(origin: "setting" | "project"): string {
  return origin === "setting"
    ? vscode.l10n.t("hetu.server.path does not start as a language server: that of the extension is used.")
    : vscode.l10n.t("The project's compiler does not start as a language server: that of the extension is used.");
}
