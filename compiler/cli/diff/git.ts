import { spawn } from "node:child_process";
import { UsageError } from "../usage-error.js";

interface Finished {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** git has said no; `reason` is what it said. */
export class GitError extends UsageError {
  readonly reason: string;

  constructor(reason: string) {
    super(`git: ${reason}`, "revisions are read from the repository of the working folder");
    this.reason = reason;
  }
}

/**
 * Runs git in a folder and gives what it prints.
 *
 * @throws GitError when it fails; UsageError when there is no git.
 */
export async function git(cwd: string, args: readonly string[], input = ""): Promise<Buffer> {
  const { code, stdout, stderr } = await run(cwd, args, input);
  if (code === 0) return stdout;
  const [line = ""] = stderr.trim().split("\n");
  throw new GitError(line.replace(/^(?:fatal|error): /, "") || `${args[0] ?? ""} ended with ${code}`);
}

function run(cwd: string, args: readonly string[], input: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-c", "core.quotepath=off", ...args], { cwd, stdio: "pipe" });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.stdin.on("error", () => undefined);
    child.once("error", (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === "ENOENT";
      reject(
        new UsageError(
          isMissing ? "git is not installed, or not in PATH" : `git cannot be run: ${error.message}`,
          "install it, or compare with files: a folder, a schema.json",
        ),
      );
    });
    child.once("close", (code) => {
      resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString("utf8") });
    });
    child.stdin.end(input);
  });
}
