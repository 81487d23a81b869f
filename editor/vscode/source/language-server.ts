import * as vscode from "vscode";
import { LanguageClient, State, TransportKind } from "vscode-languageclient/node";
import type { ServerProgram } from "./server-program";

/** The language server and what the editor shows of it: a log, and an entry in the language's menu at the bottom. */
export class LanguageServer implements vscode.Disposable {
  readonly #program: () => Promise<ServerProgram>;
  readonly #log = vscode.window.createOutputChannel("HeTu", { log: true });
  readonly #status = vscode.languages.createLanguageStatusItem("hetu.server", { language: "hetu" });
  #client: LanguageClient | undefined;
  /** Starts and ends come one after the other. */
  #last: Promise<void> = Promise.resolve();
  /** The server that runs is about to end: nothing more is told to it. */
  #ending = false;

  /** @param program is asked anew for each start. */
  constructor(program: () => Promise<ServerProgram>) {
    this.#program = program;
    this.#status.name = "HeTu";
    this.#status.text = "hetuc";
  }

  /** Starts the server, in place of one that runs. The client tells the user what goes wrong. Never rejects. */
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
    const { command, args, origin } = await this.#program();
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
    this.#client = new LanguageClient(
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
      },
    );
    // A server that ends unasked is started again by the client, some times.
    this.#client.onDidChangeState(({ newState }) => {
      const { Error: failed, Information: well } = vscode.LanguageStatusSeverity;
      this.#status.severity = newState === State.Stopped || newState === State.StartFailed ? failed : well;
      this.#status.busy = newState === State.Starting;
    });
    try {
      await this.#client.start();
    } catch (error) {
      this.#log.error(error instanceof Error ? error.message : String(error));
    }
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
