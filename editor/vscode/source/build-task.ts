import * as vscode from "vscode";
import type { ServerProgram } from "./server-program";

/** Runs `hetuc build` of the project's own compiler in the terminal, with its problems in the list of problems. */
export async function runBuild({ command, args, origin }: ServerProgram): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    void vscode.window.showInformationMessage("Open the folder of a project first.");
    return;
  }
  if (origin === "extension") {
    const hint = "Install the package hetu in the project (npm install hetu): it brings the compiler that builds it.";
    void vscode.window.showWarningMessage(hint);
    return;
  }
  const execution = new vscode.ProcessExecution(command, [...args.slice(0, -2), "build"], {
    env: { ELECTRON_RUN_AS_NODE: "1" },
  });
  const task = new vscode.Task({ type: "hetu" }, folder, "build the schema", "HeTu", execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  await vscode.tasks.executeTask(task);
}
