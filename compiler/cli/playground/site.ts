import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
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

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  ttf: "font/ttf",
  txt: "text/plain; charset=utf-8",
};

const PACKED = ".gz";

/**
 * The files of the page by name, as the package brings them.
 *
 * @throws UsageError when the package has none.
 */
export async function readSite(): Promise<ReadonlyMap<string, SiteFile>> {
  const folder = join(packageInfo().root, "dist/playground");
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) {
    throw new UsageError("this installation has no playground: dist/playground is missing", "install hetu again");
  }
  const files = names.map(async (stored): Promise<readonly [string, SiteFile]> => {
    const content = await readFile(join(folder, stored));
    const isPacked = stored.endsWith(PACKED);
    const name = isPacked ? stored.slice(0, -PACKED.length) : stored;
    const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    const etag = `"${createHash("sha256").update(content).digest("hex").slice(0, 16)}"`;
    return [name, { type, etag, content, isPacked }];
  });
  return new Map(await Promise.all(files));
}

/** What a file holds when nobody unpacks it on the way. */
export function plainContent({ content, isPacked }: SiteFile): Buffer {
  return isPacked ? gunzipSync(content) : content;
}
