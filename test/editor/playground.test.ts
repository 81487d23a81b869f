import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { findProject } from "../../compiler/cli/playground/open-project.js";
import { readSite, plainContent, type Site } from "../../compiler/cli/playground/site.js";
import { SiteServer } from "../../compiler/cli/playground/site-server.js";
import { ConfigError } from "../../compiler/config/config-error.js";
import { asSchemaTexts, PATH_MAX, pathProblem } from "../../compiler/playground/schema-texts.js";
import { zipOf } from "../../editor/playground/source/files/zip.js";
import type { OutputName } from "../../editor/playground/source/worker/outputs.js";
import { SchemaCompiler } from "../../editor/playground/source/worker/schema-compiler.js";
import { unzip } from "./vscode/unzip.js";
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
    compiler.setFiles([["schema/kitchen.hetu", kitchenSink]], false);
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
    compiler.setFiles([["a.hetu", "namespace a\ncomponent Broken {"]], false);
    expect(compiler.output("server-ts")).toBeUndefined();
    compiler.setText("a.hetu", "namespace a\nenum Mood { glad }");
    const good = compiler.output("client-csharp");
    compiler.setText("a.hetu", "namespace a\nenum Mood {");
    expect(compiler.problems()).not.toEqual([["a.hetu", []]]);
    expect(compiler.output("client-csharp")).toEqual(good);
  });
});

describe("the files of the playground", () => {
  it("have paths that are files on every system, below the folder they are unpacked in", () => {
    const good = ["a.hetu", "schema/a b.hetu", "河图/.a/b.hetu", "a..b.hetu"];
    expect(good.map(pathProblem)).toEqual(good.map(() => undefined));
    const wrong = [
      "/a.hetu",
      "../a.hetu",
      "a/../b.hetu",
      "a//b.hetu",
      "./a.hetu",
      "a\\b.hetu",
      "c:a.hetu",
      "a\n.hetu",
      ".hetu",
    ];
    expect(wrong.map(pathProblem)).toEqual(wrong.map(() => "signs"));
    expect(["a.txt", "hetu", ""].map(pathProblem)).toEqual(["ending", "ending", "ending"]);
    expect(pathProblem(`${"a".repeat(PATH_MAX)}.hetu`)).toBe("length");
  });

  it("are taken from outside only when they are files, in the order of their paths", () => {
    const [a, b] = [["a.hetu", "A"] as const, ["b.hetu", "B"] as const];
    expect(asSchemaTexts([b, a])).toEqual([a, b]);
    for (const wrong of [{}, "a", [], [a, a], [["a.hetu"]], [["a.hetu", 1]], [["../a.hetu", ""]], [a, null]]) {
      expect(asSchemaTexts(wrong)).toBeUndefined();
    }
  });

  it("are packed as an archive that holds them byte by byte", async () => {
    const files = [
      ["a/河图.hetu", "namespace 河图\r\n"],
      ["b.hetu", ""],
    ] as const;
    const archive = unzip(Buffer.from(await zipOf(files).arrayBuffer()));
    expect([...archive].map(([path, content]) => [path, content.toString("utf8")])).toEqual(files);
  });
});

describe("what hetuc playground opens", () => {
  it("is the project of the working folder or of the path, with a named file in front, or a file of none", async () => {
    const [one, two] = ["namespace a\n", "namespace a\nenum E { b }\n"];
    await using folder = await temporaryFolder({
      "game/hetu.json": "{}",
      "game/schema/one.hetu": one,
      "game/schema/two.hetu": two,
      "game/server/main.ts": "",
      "alone/three.hetu": one,
      "broken/hetu.json": "{",
    });
    const opened = async (cwd: string, path?: string) => (await findProject(`${folder.path}/${cwd}`, path))?.();
    const whole = {
      name: "game",
      files: [
        ["schema/one.hetu", one],
        ["schema/two.hetu", two],
      ],
    };
    expect(await opened("game/server")).toMatchObject(whole);
    expect(await opened(".", "game")).toMatchObject(whole);
    expect(await opened(".", "game/hetu.json")).toMatchObject(whole);
    expect(await opened("game", "schema/two.hetu")).toMatchObject({ ...whole, shown: "schema/two.hetu" });
    expect(await opened(".", "alone/three.hetu")).toMatchObject({ name: "three.hetu", files: [["three.hetu", one]] });
    expect(await opened("alone")).toBeUndefined();
    await expect(opened(".", "nothing")).rejects.toThrow("there is nothing at nothing");
    await expect(opened(".", "alone")).rejects.toThrow("no schema file matches");
    await expect(opened("broken")).rejects.toThrow(ConfigError);
  });
});

describe("the server of hetuc playground", () => {
  let site: Site;
  let server: SiteServer;

  beforeAll(async () => {
    site = await readSite();
    server = await SiteServer.listen(site, "127.0.0.1", 0);
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
    const file = path === "" ? site.page(undefined) : site.files.get(path);
    const content = Buffer.from(await response.arrayBuffer());
    expect(file !== undefined && content.equals(plainContent(file))).toBe(true);
  });

  it("unpacks files for clients that take no compression", async () => {
    const packed = await fetch(`${server.url}page.css`);
    const plain = await fetch(`${server.url}page.css`, { headers: { "accept-encoding": "identity" } });
    expect([packed.headers.get("content-encoding"), plain.headers.get("content-encoding")]).toEqual(["gzip", null]);
    expect(await plain.text()).toBe(await packed.text());
    const file = site.files.get("page.css");
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

  it("puts the project into the page as it is on the disk, with no way for it to end its element early", async () => {
    await using folder = await temporaryFolder({ "schema/a.hetu": "namespace a\n" });
    const project = await findProject(folder.path, undefined);
    const own = await SiteServer.listen(site, "127.0.0.1", 0, project);
    const inPage = async (): Promise<unknown> => {
      const html = await (await fetch(`${own.url}index.html`)).text();
      const content = /<script type="application\/json" id="opened-project">([^<]*)<\/script>/.exec(html)?.[1] ?? "";
      return (JSON.parse(content) as { readonly files: unknown }).files;
    };
    try {
      expect(await inPage()).toEqual([["schema/a.hetu", "namespace a\n"]]);
      const hostile = "namespace a // </script><!-- $& {{project}}\n";
      await folder.write("schema/a.hetu", hostile);
      expect(await inPage()).toEqual([["schema/a.hetu", hostile]]);
      await rm(join(folder.path, "schema/a.hetu"));
      const gone = await fetch(own.url);
      expect([gone.status, await gone.text()]).toEqual([500, expect.stringContaining("no schema file matches")]);
    } finally {
      await own.close();
    }
  });

  it("answers no page of another name that resolves to this machine", async () => {
    const { port } = new URL(server.url);
    const statusAs = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const asked = request({ port, host: "127.0.0.1", headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.once("error", reject).end();
      });
    const names = [
      `127.0.0.1:${port}`,
      "localhost:1",
      "a.localhost",
      "[::1]:2480",
      "evil.example",
      `evil.example:${port}`,
    ];
    expect(await Promise.all(names.map(statusAs))).toEqual([200, 200, 200, 200, 403, 403]);
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
      stderr: "error: there is nothing at a.hetu\n  help: give a .hetu file, or the folder of a project\n",
    });
    const port = await hetuc(["playground", "--port", "65536"], options);
    expect([port.code, port.stderr]).toEqual([2, expect.stringContaining("A port is a number from 0 to 65535.")]);
    await using taken = await Taken.port();
    const used = await hetuc(["playground", "--port", String(taken.number)], options);
    expect([used.code, used.stderr]).toEqual([2, expect.stringContaining("the port is in use")]);
    const host = await hetuc(["playground", "--port", "0", "--host", "192.0.2.1"], options);
    expect([host.code, host.stderr]).toEqual([2, expect.stringContaining("cannot listen on 192.0.2.1, port 0")]);
  });
});

/** A port that somebody listens on. */
class Taken implements AsyncDisposable {
  readonly #server = createServer();

  static async port(): Promise<Taken> {
    const taken = new Taken();
    await new Promise<void>((resolve) => taken.#server.listen(0, "127.0.0.1", resolve));
    return taken;
  }

  get number(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
