import * as vscode from "vscode";
import { findProjects, type ProjectFolder, projectOf } from "./projects";
import type { ServerProgram } from "./server-program";

const TYPE = "hetu";

/** What runs, by the task's `command`, with the problem matcher that reads it. */
const COMMANDS = {
  build: { args: ["build"], matcher: "$hetuc" },
  watch: { args: ["build", "--watch"], matcher: "$hetuc-watch" },
  check: { args: ["check"], matcher: "$hetuc" },
} as const;

type CommandName = keyof typeof COMMANDS;

/** The tasks of type `hetu`: what `hetuc` does for each project, with its problems in the list of problems. */
export class SchemaTasks implements vscode.TaskProvider {
  readonly #compilerOf: (folder: string) => ServerProgram;

  /** @param compilerOf the program of a folder. */
  constructor(compilerOf: (folder: string) => ServerProgram) {
    this.#compilerOf = compilerOf;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const names = Object.keys(COMMANDS).filter(isCommand);
    return (await findProjects()).flatMap((project) => names.flatMap((name) => this.#task(name, project) ?? []));
  }

  /** Completes a task of tasks.json. */
  resolveTask({ definition, scope }: vscode.Task): vscode.Task | undefined {
    const name: unknown = definition["command"];
    const path: unknown = definition["project"] ?? "";
    if (typeof name !== "string" || !isCommand(name) || typeof path !== "string") return undefined;
    const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) return undefined;
    const uri = vscode.Uri.joinPath(folder.uri, path);
    return this.#task(name, { workspaceFolder: folder, uri, path }, definition);
  }

  /** Builds the project of the file that is shown, or the first one. */
  async build(): Promise<void> {
    const projects = await findProjects();
    const shown = vscode.window.activeTextEditor?.document.uri;
    const project = (shown && projectOf(projects, shown)) ?? projects[0];
    if (project === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open the folder of a project: there is no hetu.json."));
      return;
    }
    const task = this.#task("build", project);
    if (task !== undefined) {
      await vscode.tasks.executeTask(task);
      return;
    }
    const why = vscode.workspace.isTrusted
      ? vscode.l10n.t(
          "Install the package hetu in the project (npm install hetu): it brings the compiler that builds it.",
        )
      : vscode.l10n.t("This folder is not trusted: its compiler does not run.");
    void vscode.window.showWarningMessage(why);
  }

  /** `undefined` without a compiler: what the extension brings is the language server alone. */
  #task(
    name: CommandName,
    project: ProjectFolder,
    definition: vscode.TaskDefinition = { type: TYPE, command: name, project: project.path },
  ): vscode.Task | undefined {
    const { command, args, origin } = this.#compilerOf(project.uri.fsPath);
    if (origin === "extension") return undefined;
    const { args: given, matcher } = COMMANDS[name];
    const execution = new vscode.ProcessExecution(command, [...args, ...given], {
      cwd: project.uri.fsPath,
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    const title = project.path === "" ? name : `${name} ${project.path}`;
    // Matchers know places below the workspace folder only, and hetuc tells them from the project's. Nothing is missing:
    // the language server tells the problems of all projects.
    const matchers = project.path === "" ? [matcher] : [];
    const task = new vscode.Task(definition, project.workspaceFolder, title, "hetu", execution, matchers);
    task.isBackground = name === "watch";
    if (name !== "check") task.group = vscode.TaskGroup.Build;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: name !== "watch" };
    return task;
  }
}

function isCommand(name: string): name is CommandName {
  return name in COMMANDS;
}
