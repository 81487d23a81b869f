import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CommandContext } from "../command-context.js";
import { ExitCode } from "../exit-code.js";
import { linkFragment } from "../playground/link.js";
import { openBrowser } from "../playground/open-browser.js";
import { SiteServer } from "../playground/site-server.js";
import { plainContent, readSite, type SiteFile } from "../playground/site.js";
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
 * @param file a schema to open; relative to the working folder.
 * @throws UsageError when the schema cannot be read or is too long, or the address cannot be used.
 */
export async function playground(
  context: CommandContext,
  file: string | undefined,
  options: PlaygroundOptions,
): Promise<ExitCode> {
  const fragment = file === undefined ? "" : linkFragment(await readText(context, file), file);
  const files = await readSite();
  if (options.out !== undefined) return writeSite(context, files, options.out, fragment);
  return serveSite(context, files, options, fragment);
}

async function serveSite(
  { terminal }: CommandContext,
  files: ReadonlyMap<string, SiteFile>,
  { host, port, open }: PlaygroundOptions,
  fragment: string,
): Promise<ExitCode> {
  // Whoever stops the command as soon as it has said its address stops it well.
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  const server = await listen(files, host, port);
  const url = server.url + fragment;
  terminal.out.write(`${url}\n`);
  terminal.err.write("The playground is served there; Ctrl+C ends it.\n");
  if (open === true && !(await openBrowser(url))) {
    terminal.err.write("No program to open a browser with was found: open the address by hand.\n");
  }
  await stopped;
  await server.close();
  return ExitCode.ok;
}

/** On the port that was asked for; when none was, on any free one if the usual one is taken. */
async function listen(
  files: ReadonlyMap<string, SiteFile>,
  host: string,
  port: number | undefined,
): Promise<SiteServer> {
  try {
    return await SiteServer.listen(files, host, port ?? PLAYGROUND_PORT);
  } catch (error) {
    if (port === undefined && codeOf(error) === "EADDRINUSE") return SiteServer.listen(files, host, 0);
    throw new UsageError(
      `cannot listen on ${host}, port ${port ?? PLAYGROUND_PORT}: ${codeOf(error) ?? String(error)}`,
      "give another --host or --port; --port 0 takes any that is free",
    );
  }
}

async function writeSite(
  { terminal, cwd }: CommandContext,
  files: ReadonlyMap<string, SiteFile>,
  out: string,
  fragment: string,
): Promise<ExitCode> {
  const folder = resolve(cwd, out);
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all([...files].map(([name, file]) => writeFile(join(folder, name), plainContent(file))));
  } catch (error) {
    throw new UsageError(`cannot write to ${out}: ${codeOf(error) ?? String(error)}`);
  }
  terminal.err.write(`Wrote ${files.size} files to ${out}; any web server can serve them, under any path.\n`);
  if (fragment !== "") terminal.out.write(`index.html${fragment}\n`);
  return ExitCode.ok;
}

async function readText({ cwd }: CommandContext, file: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${codeOf(error) ?? String(error)}`, "give the path of a .hetu file");
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
