import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo } from "node:net";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

/** The functions that C# calls. */
interface Library {
  HeTuSocketCallbacks(opened: unknown, message: unknown, text: unknown, closed: unknown, online: unknown): void;
  HeTuSocketOpen(url: number, subprotocol: number): number;
  HeTuSocketSend(id: number, pointer: number, length: number): void;
  HeTuSocketClose(id: number): void;
  HeTuSocketAbort(id: number): void;
}

const servers: WebSocketServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** The library in an imitation of what Emscripten gives it: a heap, and calls of function pointers. */
class Page {
  readonly heap = new Uint8Array(4096);
  readonly library: Library;
  /** What C# was told, in order. */
  readonly told: unknown[] = [];
  /** Pieces of the heap that were not given back. */
  readonly held = new Set<number>();
  #next = 8;
  #online: () => void = () => undefined;
  #waiting: (() => void)[] = [];

  constructor() {
    const source = readFileSync(
      new URL("../../templates/client-csharp/Plugins/WebGL/HeTuWebSocket.jslib", import.meta.url),
      "utf8",
    ).replace(/\{\{\{ makeDynCall\('\w+', '(\w+)'\) \}\}\}/g, "$1");
    expect(source).not.toContain("{{{");
    const library: Record<string, unknown> = {};
    const context: Record<string, unknown> = {
      LibraryManager: { library },
      mergeInto: (target: object, added: object) => Object.assign(target, added),
      autoAddDeps: (added: Record<string, unknown>) => {
        context["heTuSockets"] = added["$heTuSockets"];
      },
      window: { addEventListener: (_type: string, listener: () => void) => (this.#online = listener) },
      console: { warn: () => undefined },
      WebSocket,
      ArrayBuffer,
      Uint8Array,
      HEAPU8: this.heap,
      _malloc: (size: number) => this.#allocate(size),
      _free: (pointer: number) => this.held.delete(pointer),
      lengthBytesUTF8: (text: string) => Buffer.byteLength(text),
      stringToUTF8: (text: string, pointer: number) => this.write(text, pointer),
      UTF8ToString: (pointer: number) => this.text(pointer),
    };
    runInNewContext(source, context);
    this.library = library as unknown as Library;
    this.library.HeTuSocketCallbacks(
      (id: number, pointer: number) => this.#tell(["opened", id, this.text(pointer)]),
      (id: number, pointer: number, length: number) =>
        this.#tell(["message", id, [...this.heap.subarray(pointer, pointer + length)]]),
      (id: number) => this.#tell(["text", id]),
      (id: number, code: number, pointer: number) => this.#tell(["closed", id, code, this.text(pointer)]),
      () => this.#tell(["online"]),
    );
  }

  open(url: string, subprotocol: string): number {
    return this.library.HeTuSocketOpen(
      this.write(url, this.#allocate(200)),
      this.write(subprotocol, this.#allocate(20)),
    );
  }

  goOnline(): void {
    this.#online();
  }

  text(pointer: number): string {
    return Buffer.from(this.heap.subarray(pointer, this.heap.indexOf(0, pointer))).toString("utf8");
  }

  write(text: string, pointer: number): number {
    this.heap.set(Buffer.from(`${text}\0`), pointer);
    return pointer;
  }

  /** Resolves once so many things were told. */
  async until(count: number): Promise<void> {
    while (this.told.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #tell(what: unknown): void {
    this.told.push(what);
    for (const go of this.#waiting.splice(0)) go();
  }

  #allocate(size: number): number {
    const pointer = this.#next;
    this.#next += size + 8;
    this.held.add(pointer);
    return pointer;
  }
}

async function serve(): Promise<{ readonly url: string; readonly connection: Promise<WebSocket> }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "hetu.2" });
  servers.push(server);
  const connection = once(server, "connection").then(([socket]) => socket as WebSocket);
  await once(server, "listening");
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/hetu/world`, connection };
}

test("a connection opens with the selected subprotocol, carries messages both ways and closes with code and reason", async () => {
  const page = new Page();
  const { url, connection } = await serve();
  const id = page.open(url, "hetu.2");
  const before = page.held.size;
  const socket = await connection;
  await page.until(1);
  page.heap.set([1, 2, 3], 3000);
  page.library.HeTuSocketSend(id, 3000, 3);
  const [received] = (await once(socket, "message")) as [Buffer];
  expect([...received]).toStrictEqual([1, 2, 3]);
  socket.send(Uint8Array.of(7, 8));
  socket.send("welcome");
  socket.send(new Uint8Array(0));
  socket.close(4001, "élsewhere");
  await page.until(5);
  expect(page.told).toStrictEqual([
    ["opened", id, "hetu.2"],
    ["message", id, [7, 8]],
    ["text", id],
    ["message", id, []],
    ["closed", id, 4001, "élsewhere"],
  ]);
  expect(page.held.size).toBe(before);
  // Over: nothing happens any more.
  page.library.HeTuSocketSend(id, 3000, 3);
  page.library.HeTuSocketClose(id);
});

test("a connection that is closed from this side says so to the other", async () => {
  const page = new Page();
  const { url, connection } = await serve();
  const id = page.open(url, "");
  const socket = await connection;
  await page.until(1);
  page.library.HeTuSocketClose(id);
  expect((await once(socket, "close"))[0]).toBe(1000);
  await page.until(2);
  expect(page.told[1]).toStrictEqual(["closed", id, 1000, ""]);
});

test("a connection that is given up ends without the code of a goodbye", async () => {
  const page = new Page();
  const { url, connection } = await serve();
  const id = page.open(url, "");
  const socket = await connection;
  await page.until(1);
  page.library.HeTuSocketAbort(id);
  expect((await once(socket, "close"))[0]).toBe(1005);
  await page.until(2);
});

test("a URL that is none opens nothing", () => {
  expect(new Page().open("nowhere", "")).toBe(0);
});

test("the page tells when it is online again", () => {
  const page = new Page();
  page.goOnline();
  expect(page.told).toStrictEqual([["online"]]);
});
