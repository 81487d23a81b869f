import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CommandContext } from "../command-context.js";
import { ExitCode } from "../exit-code.js";
import { findProject, type ReadProject } from "../playground/open-project.js";
import { openBrowser } from "../playground/open-browser.js";
import { SiteServer } from "../playground/site-server.js";
import { plainContent, readSite, type Site } from "../playground/site.js";
import { UsageError } from "../usage-error.js";

export interface PlaygroundOptions {
  readonly port?: number;
  readonly host: string;
  readonly open?: true;
  readonly out?: string;
}

/** Browsers remember the last schema by address, so it is mostly the same one. */
export const PLAYGROUND_PORT = 2480;

/**
 * Serves the playground until Ctrl+C, or writes it into a folder.
 *
 * @param path the schema to open; without it that of the working folder's project, which is served but never written.
 * @throws UsageError when the schema cannot be read, or the address cannot be used.
 */
export async function playground(
  context: CommandContext,
  path: string | undefined,
  options: PlaygroundOptions,
): Promise<ExitCode> {
  const { out } = options;
  // What is written for others to see holds a schema only when it was named.
  const project = out !== undefined && path === undefined ? undefined : await findProject(context.cwd, path);
  const site = await readSite();
  if (out !== undefined) return writeSite(context, site, out, project);
  return serveSite(context, site, options, project);
}

async function serveSite(
  { terminal }: CommandContext,
  site: Site,
  { host, port, open }: PlaygroundOptions,
  project: ReadProject | undefined,
): Promise<ExitCode> {
  const first = await project?.();
  // Whoever stops the command as soon as it has said its address stops it well.
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  const server = await listen(site, host, port, project);
  if (port === undefined && server.port !== PLAYGROUND_PORT) {
    terminal.err.write(`Port ${PLAYGROUND_PORT} is in use: another one was taken. --port asks for a certain one.\n`);
  }
  terminal.out.write(`${server.url}\n`);
  if (first !== undefined) {
    const count = first.files.length === 1 ? "1 file" : `${first.files.length} files`;
    terminal.err.write(`It opens with a copy of ${first.name}, ${count}; nothing is written back.\n`);
  }
  terminal.err.write("The playground is served there; Ctrl+C ends it.\n");
  if (open === true && !(await openBrowser(server.url))) {
    terminal.err.write("No program to open a browser with was found: open the address by hand.\n");
  }
  await stopped;
  await server.close();
  return ExitCode.ok;
}

/** On the port that was asked for; when none was, on any free one if the usual one is taken. */
async function listen(
  site: Site,
  host: string,
  port: number | undefined,
  project: ReadProject | undefined,
): Promise<SiteServer> {
  try {
    return await SiteServer.listen(site, host, port ?? PLAYGROUND_PORT, project);
  } catch (error) {
    const code = codeOf(error);
    if (port === undefined && code === "EADDRINUSE") return SiteServer.listen(site, host, 0, project);
    const reason = code === "EADDRINUSE" ? "the port is in use" : (code ?? String(error));
    throw new UsageError(
      `cannot listen on ${host}, port ${port ?? PLAYGROUND_PORT}: ${reason}`,
      "give another --host or --port; --port 0 takes any that is free",
    );
  }
}

async function writeSite(
  { terminal, cwd }: CommandContext,
  site: Site,
  out: string,
  project: ReadProject | undefined,
): Promise<ExitCode> {
  const folder = resolve(cwd, out);
  const files = new Map([...site.files, ["index.html", site.page(await project?.())]]);
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all([...files].map(([name, file]) => writeFile(join(folder, name), plainContent(file))));
  } catch (error) {
    throw new UsageError(`cannot write to ${out}: ${codeOf(error) ?? String(error)}`);
  }
  terminal.err.write(`Wrote ${files.size} files to ${out}; any web server can serve them, under any path.\n`);
  return ExitCode.ok;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
