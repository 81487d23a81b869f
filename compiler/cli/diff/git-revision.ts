import { mkdir, mkdtemp, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import { CONFIG_FILE_NAMES, loadProject, type Project } from "../../config/load-config.js";
import { readSchema, readSource } from "../read-schema.js";
import { UsageError } from "../usage-error.js";
import { git, GitError } from "./git.js";
import { projectIn } from "./project-in.js";
import { parseModel } from "./schema-file.js";
import type { SchemaSide } from "./schema-side.js";

/** `HEAD~1:path`: a revision, and a path in it from the root of the repository (`./path`: from the working folder). */
export interface RevisionPath {
  readonly revision: string;
  /** Empty: the project that is compared. */
  readonly path: string;
}

/** A colon that is no part of a drive's name; `undefined`: there is none. */
export function splitRevision(given: string): RevisionPath | undefined {
  const colon = given.indexOf(":");
  if (colon < 1 || /^[A-Za-z]:[\\/]/.test(given)) return undefined;
  return { revision: given.slice(0, colon), path: given.slice(colon + 1) };
}

/** Whether git knows a name as that of a commit. */
export async function isRevision(name: string, cwd: string): Promise<boolean> {
  return git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]).then(
    () => true,
    (error: unknown) => {
      if (error instanceof GitError) return false;
      throw error;
    },
  );
}

/** What to do about a revision that git does not know. */
async function adviceIn(cwd: string): Promise<string> {
  const ask = async (args: readonly string[]): Promise<string> => {
    return git(cwd, args).then(
      (text) => text.toString("utf8").trim(),
      () => "",
    );
  };
  if ((await ask(["rev-list", "--max-count=1", "--all"])) === "") return "the repository has no commit yet";
  const fetch = "`git fetch origin main` brings what is missing";
  return (await ask(["rev-parse", "--is-shallow-repository"])) === "true"
    ? `this is a shallow clone, which has few: ${fetch}, \`git fetch --unshallow\` all (in a GitHub Action: fetch-depth: 0)`
    : `if it is on another machine, ${fetch} (in a GitHub Action: fetch-depth: 0)`;
}

/**
 * What to do when a name was meant as a revision.
 *
 * @param name that of no file, and of nothing that git knows.
 * @returns `undefined` for a name that no revision can have.
 */
export async function fetchHint(name: string, cwd: string): Promise<string | undefined> {
  // Of names like these git makes branches and tags; those that end as files of ours do are meant as files.
  if (!/^\w[\w./@^~-]*$/.test(name) || /\.(?:hetu|json|ya?ml)$/.test(name)) return undefined;
  try {
    await git(cwd, ["rev-parse", "--show-toplevel"]);
  } catch (error) {
    if (error instanceof GitError) return `if a revision is meant, git says: ${error.reason}`;
    throw error;
  }
  return `git knows no revision ${name}; ${await adviceIn(cwd)}`;
}

/**
 * Reads the schema as it was in a revision: its configuration and its schema files are put into a temporary folder, so
 * that the same files count as would have counted then.
 *
 * @throws UsageError when git, the repository, the revision or the path is not there.
 */
export async function readRevision(
  name: string,
  { revision, path }: RevisionPath,
  cwd: string,
  project: Project,
): Promise<SchemaSide> {
  const top = (await git(cwd, ["rev-parse", "--show-toplevel"])).toString("utf8").trimEnd();
  const commit = await commitOf(revision, cwd);
  const wanted = await pathWithin(path, top, cwd, project);
  if (wanted.endsWith(".json") && !CONFIG_FILE_NAMES.includes(posix.basename(wanted))) {
    const text = await git(top, ["cat-file", "blob", `${commit}:${wanted}`]);
    return { name, kind: "model", model: parseModel(text.toString("utf8"), name), path: wanted };
  }
  const folder = await mkdtemp(join(tmpdir(), "hetuc-revision-"));
  try {
    await checkOut(top, commit, folder);
    const { sources, root } = await readWithin(folder, wanted, name, path === "");
    return { name, kind: "sources", sources, root: join(top, relative(folder, root)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function commitOf(revision: string, cwd: string): Promise<string> {
  try {
    const text = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
    return text.toString("utf8").trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(`git knows no revision ${revision}`, await adviceIn(cwd));
  }
}

/** The path from the root of the repository, with `/`; of the project itself when none is given. */
async function pathWithin(path: string, top: string, cwd: string, project: Project): Promise<string> {
  const fromTop = async (folder: string): Promise<string> => {
    const found = relative(await realpath(top), await realpath(folder));
    if (found.startsWith("..")) throw new UsageError(`${folder} lies outside of the repository ${top}`);
    return found.split(sep).join("/");
  };
  if (path === "") {
    const root = await fromTop(project.root);
    return project.configFile === undefined ? root : posix.join(root, basename(project.configFile));
  }
  if (!path.startsWith("./") && !path.startsWith("../") && path !== ".") return path.replace(/\/+$/, "");
  return posix.join(await fromTop(cwd), path).replace(/\/+$/, "");
}

/** Puts all that a schema is made of into a folder. */
async function checkOut(top: string, commit: string, folder: string): Promise<void> {
  const listed = (await git(top, ["ls-tree", "-r", "-z", "--full-tree", commit])).toString("utf8");
  const blobs = listed.split("\0").flatMap((line) => {
    const [, mode = "", id = "", path = ""] = /^(\d+) blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    const isWanted = path.endsWith(".hetu") || CONFIG_FILE_NAMES.includes(posix.basename(path));
    return mode.startsWith("100") && isWanted ? [{ id, path }] : [];
  });
  const contents = await readBlobs(
    top,
    blobs.map(({ id }) => id),
  );
  for (const [at, { path }] of blobs.entries()) {
    const target = join(folder, ...path.split("/"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, contents[at] ?? "");
  }
}

/** What `git cat-file --batch` prints: for each a line `<id> blob <bytes>`, the bytes, a line feed. */
async function readBlobs(top: string, ids: readonly string[]): Promise<readonly Buffer[]> {
  if (ids.length === 0) return [];
  const output = await git(top, ["cat-file", "--batch"], ids.map((id) => `${id}\n`).join(""));
  const found: Buffer[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf("\n", at);
    const size = Number(output.subarray(at, end).toString("utf8").split(" ")[2]);
    if (end < 0 || !Number.isInteger(size)) throw new GitError("what cat-file prints cannot be understood");
    found.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return found;
}

/** @param isItself whether it is the project that is compared, and not a path that was given. */
async function readWithin(
  folder: string,
  wanted: string,
  name: string,
  isItself: boolean,
): Promise<Pick<Extract<SchemaSide, { kind: "sources" }>, "sources" | "root">> {
  const target = join(folder, ...wanted.split("/"));
  const found = await stat(target).catch(() => undefined);
  if (found?.isFile() !== true) {
    // The project may have had no configuration then.
    const at = CONFIG_FILE_NAMES.includes(basename(target)) ? dirname(target) : target;
    const isThere = await stat(at).catch(() => undefined);
    const advice = isItself
      ? "the project was not there yet, so nothing that was shipped can break; if it was elsewhere, say where: REVISION:path/to/project"
      : "is the path right, from the root of the repository?";
    if (isThere === undefined) throw new UsageError(`${name} holds no schema file`, advice);
    return projectSources(await projectIn(at, name, advice));
  }
  if (CONFIG_FILE_NAMES.includes(basename(target))) return projectSources(await loadProject(dirname(target), target));
  return { sources: [await readSource(target, wanted)], root: folder };
}

async function projectSources(
  project: Project,
): Promise<Pick<Extract<SchemaSide, { kind: "sources" }>, "sources" | "root">> {
  return { sources: await readSchema(project), root: project.root };
}
