import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkFragment } from "../../compiler/cli/playground/link.js";
import { readSite, plainContent, type SiteFile } from "../../compiler/cli/playground/site.js";
import { SiteServer } from "../../compiler/cli/playground/site-server.js";
import { UsageError } from "../../compiler/cli/usage-error.js";
import { LINK_MAX } from "../../compiler/playground/link-format.js";
import type { OutputName } from "../../editor/playground/source/worker/outputs.js";
import { SchemaCompiler } from "../../editor/playground/source/worker/schema-compiler.js";
import { hetuc, repository, temporaryFolder } from "../compiler/cli/hetuc.js";

const kitchenSink = await readFile(join(repository, "schema-examples/kitchen-sink/schema/kitchen.hetu"), "utf8");

/** What `hetuc build` adds to what it generates from the schema, by target. */
const HAND_WRITTEN: Readonly<Record<OutputName, RegExp>> = {
  "server-ts": /^$/,
  "client-ts": /^sdk\//,
  "client-js": /^sdk\/|\/bundle\.(d\.ts|js)$/,
  "client-csharp": /^(?!Generated\/)/,
  "schema.json": /^$/,
};

describe("the compiler of the playground", () => {
  it("generates what hetuc build writes for the same schema, without the SDK's own files", async () => {
    await using folder = await temporaryFolder({ "schema/kitchen.hetu": kitchenSink });
    expect(await hetuc(["build"], { cwd: folder.path })).toMatchObject({ code: 0 });
    const compiler = new SchemaCompiler();
    compiler.setText(kitchenSink);
    for (const [name, handWritten] of Object.entries(HAND_WRITTEN) as [OutputName, RegExp][]) {
      const isFile = name === "schema.json";
      const built = isFile
        ? { [name]: await folder.read(`generated/${name}`) }
        : await folder.tree(`generated/${name}`);
      const expected = Object.entries(built).filter(([path]) => !handWritten.test(path));
      const output = compiler.output(name);
      const files = output?.kind === "files" ? output.files : [];
      expect(Object.fromEntries(files.map(({ path, content }) => [path, content]))).toEqual(
        Object.fromEntries(expected),
      );
      expect(files.length).toBeGreaterThan(0);
    }
  });

  it("keeps what the last schema without errors became", () => {
    const compiler = new SchemaCompiler();
    compiler.setText("namespace a\ncomponent Broken {");
    expect(compiler.output("server-ts")).toBeUndefined();
    compiler.setText("namespace a\nenum Mood { glad }");
    const good = compiler.output("client-csharp");
    compiler.setText("namespace a\nenum Mood {");
    expect(compiler.problems()).not.toEqual([]);
    expect(compiler.output("client-csharp")).toEqual(good);
  });
});

describe("the server of hetuc playground", () => {
  let files: ReadonlyMap<string, SiteFile>;
  let server: SiteServer;

  beforeAll(async () => {
    files = await readSite();
    server = await SiteServer.listen(files, "127.0.0.1", 0);
  });

  afterAll(() => server.close());

  it.each([
    ["", "text/html; charset=utf-8"],
    ["page.js", "text/javascript; charset=utf-8"],
    ["page.css", "text/css; charset=utf-8"],
    ["codicon.ttf", "font/ttf"],
    ["THIRD-PARTY-NOTICES.txt", "text/plain; charset=utf-8"],
  ])("serves /%s as %s", async (path, type) => {
    const response = await fetch(server.url + path);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    const file = files.get(path === "" ? "index.html" : path);
    const content = Buffer.from(await response.arrayBuffer());
    expect(file !== undefined && content.equals(plainContent(file))).toBe(true);
  });

  it("unpacks files for clients that take no compression", async () => {
    const packed = await fetch(`${server.url}page.css`);
    const plain = await fetch(`${server.url}page.css`, { headers: { "accept-encoding": "identity" } });
    expect([packed.headers.get("content-encoding"), plain.headers.get("content-encoding")]).toEqual(["gzip", null]);
    expect(await plain.text()).toBe(await packed.text());
    const file = files.get("page.css");
    expect(Number(plain.headers.get("content-length"))).toBe(file && gunzipSync(file.content).length);
  });

  it("answers 304 to who has the file, 404 to other names, 405 to other methods", async () => {
    const etag = (await fetch(server.url)).headers.get("etag") ?? "";
    const again = await fetch(server.url, { headers: { "if-none-match": etag } });
    const others = ["package.json", "../package.json", "%2e%2e/package.json", "page.js.gz", "constructor"];
    const missing = await Promise.all(others.map((path) => fetch(server.url + path)));
    const posted = await fetch(server.url, { method: "POST", body: "x" });
    expect([again.status, ...missing.map(({ status }) => status), posted.status]).toEqual([
      304, 404, 404, 404, 404, 404, 405,
    ]);
  });

  it("allows a page nothing but its own files, and no evaluated code", async () => {
    const html = await (await fetch(server.url)).text();
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it("brings the licence of Monaco", async () => {
    const notices = await (await fetch(`${server.url}THIRD-PARTY-NOTICES.txt`)).text();
    expect(notices).toMatch(/^monaco-editor \d/m);
    expect(notices).toContain("Microsoft Corporation");
  });
});

describe("hetuc playground", () => {
  it("refuses a file that is not there, a port that is none, a host that is not this machine's", async () => {
    await using folder = await temporaryFolder();
    const options = { cwd: folder.path };
    expect(await hetuc(["playground", "a.hetu"], options)).toMatchObject({
      code: 2,
      stderr: "error: cannot read a.hetu: ENOENT\n  help: give the path of a .hetu file\n",
    });
    const port = await hetuc(["playground", "--port", "65536"], options);
    expect([port.code, port.stderr]).toEqual([2, expect.stringContaining("A port is a number from 0 to 65535.")]);
    const host = await hetuc(["playground", "--port", "0", "--host", "192.0.2.1"], options);
    expect([host.code, host.stderr]).toEqual([2, expect.stringContaining("cannot listen on 192.0.2.1, port 0")]);
  });

  it("refuses a schema that no address holds, with both lengths", () => {
    const long = Array.from({ length: 20_000 }, (_, n) => `component C${(n * 2_654_435_761) % 2 ** 32} {}`).join("\n");
    expect(() => linkFragment(long, "long.hetu")).toThrow(UsageError);
    expect(() => linkFragment(long, "long.hetu")).toThrow(String(LINK_MAX));
  });
});
