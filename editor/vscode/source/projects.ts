import { posix } from "node:path";
import * as vscode from "vscode";

/** A folder with a hetu.json, or one that is open and has none. */
export interface ProjectFolder {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly uri: vscode.Uri;
  /** Relative to the workspace folder, with `/`; empty for itself. */
  readonly path: string;
}

/** More of them are not looked for: this is for a list that a person reads. */
const MOST_PROJECTS = 50;

/** The projects of the open folders, those that lie outside of others first. */
export async function findProjects(): Promise<readonly ProjectFolder[]> {
  const files = await vscode.workspace.findFiles(
    "**/hetu.{json,yaml,yml}",
    "**/{node_modules,.hetu,.git}/**",
    MOST_PROJECTS,
  );
  const projects = new Map<string, ProjectFolder>();
  for (const file of files) {
    const workspaceFolder = vscode.workspace.getWorkspaceFolder(file);
    if (workspaceFolder?.uri.scheme !== "file") continue;
    const uri = vscode.Uri.joinPath(file, "..");
    projects.set(uri.toString(), { workspaceFolder, uri, path: posix.relative(workspaceFolder.uri.path, uri.path) });
  }
  return [...projects.values()].sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
}

/** The innermost of projects that a file is in. */
export function projectOf(projects: readonly ProjectFolder[], file: vscode.Uri): ProjectFolder | undefined {
  return projects.filter(({ uri }) => file.path.startsWith(`${uri.path}/`)).at(-1);
}
