import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { asScriptContent, type OpenedProject, PROJECT_MARK } from "../../playground/opened-project.js";
import { packageInfo } from "../package-info.js";
import { UsageError } from "../usage-error.js";

/** One file of the playground's page. */
export interface SiteFile {
  readonly type: string;
  /** As HTTP has it, with its quotes. */
  readonly etag: string;
  readonly content: Buffer;
  /** Whether the content is compressed with gzip. */
  readonly isPacked: boolean;
}

/** All of the playground's page. */
export interface Site {
  /** Without the page itself. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** index.html, with a schema to open when there is one. */
  readonly page: (project: OpenedProject | undefined) => SiteFile;
}

const PAGE = "index.html";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  ttf: "font/ttf",
  txt: "text/plain; charset=utf-8",
};

const PACKED = ".gz";

/**
 * The page as the package brings it, its files by their names.
 *
 * @throws UsageError when the package has none.
 */
export async function readSite(): Promise<Site> {
  const folder = join(packageInfo().root, "dist/playground");
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes(PAGE)) {
    throw new UsageError("this installation has no playground: dist/playground is missing", "install hetu again");
  }
  const template = await readFile(join(folder, PAGE), "utf8");
  const others = names.filter((name) => name !== PAGE);
  const files = others.map(async (stored): Promise<readonly [string, SiteFile]> => {
    const content = await readFile(join(folder, stored));
    const isPacked = stored.endsWith(PACKED);
    const name = isPacked ? stored.slice(0, -PACKED.length) : stored;
    return [name, siteFile(name, content, isPacked)];
  });
  return {
    files: new Map(await Promise.all(files)),
    page: (project) => {
      const content = project === undefined ? "" : asScriptContent(project);
      return siteFile(PAGE, Buffer.from(template.replace(PROJECT_MARK, () => content)), false);
    },
  };
}

function siteFile(name: string, content: Buffer, isPacked: boolean): SiteFile {
  const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  const etag = `"${createHash("sha256").update(content).digest("hex").slice(0, 16)}"`;
  return { type, etag, content, isPacked };
}

/** What a file holds when nobody unpacks it on the way. */
export function plainContent({ content, isPacked }: SiteFile): Buffer {
  return isPacked ? gunzipSync(content) : content;
}
