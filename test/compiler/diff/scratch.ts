import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { main } from "../../../compiler/cli/main.js";
import { temporaryFolder, type TemporaryFolder } from "../cli/hetuc.js";

const exec = promisify(execFile);

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `hetuc` in this process. */
export function hetuc(cwd: string, ...args: readonly string[]): Promise<Printed> {
  return hetucWith({}, cwd, ...args);
}

/** The same with an environment. */
export async function hetucWith(env: NodeJS.ProcessEnv, cwd: string, ...args: readonly string[]): Promise<Printed> {
  let out = "";
  let err = "";
  const terminal = {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env,
  };
  const code = await main(args, { terminal, cwd });
  return { code, out, err };
}

/** A repository of git in a folder of its own. */
export interface Repository extends TemporaryFolder {
  git(...args: readonly string[]): Promise<string>;
  /** Commits everything. */
  commit(message: string): Promise<void>;
}

/** git in a folder, as somebody who may commit. */
export function gitIn(cwd: string): Pick<Repository, "git" | "commit"> {
  const git = async (...args: readonly string[]): Promise<string> => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    return (await exec("git", [...who, ...args], { cwd })).stdout;
  };
  const commit = async (message: string): Promise<void> => {
    await git("add", "-A");
    await git("commit", "-q", "--no-verify", "-m", message);
  };
  return { git, commit };
}

/** @param files contents by path, of the first commit. */
export async function repository(files: Readonly<Record<string, string>>): Promise<Repository> {
  const folder = await temporaryFolder(files);
  const { git, commit } = gitIn(folder.path);
  await git("init", "-q", "-b", "main");
  await commit("the first");
  return { ...folder, git, commit, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
