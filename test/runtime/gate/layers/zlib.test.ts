import { randomBytes } from "node:crypto";
import { constants, deflateSync } from "node:zlib";
import fc from "fast-check";
import { Deflate, Inflate } from "minizlib";
import { expect, test } from "vitest";
import { presetDictionary } from "../../../../runtime/gate/layers/dictionary.js";
import { ZlibLayer } from "../../../../runtime/gate/layers/zlib-layer.js";
import { ZlibStream } from "../../../../runtime/gate/layers/zlib-stream.js";
import { WireError } from "../../../../runtime/wire/frames.js";
import { schema } from "../../../fixtures/world/generated/server-ts/world/index.js";

const DICTIONARY = Buffer.from("Position\nid\nowner\nupdt\nx\ny");
const MAX = 64 * 1024;

function stream(options: Partial<ConstructorParameters<typeof ZlibStream>[0]> = {}): ZlibStream {
  return new ZlibStream({ dictionary: DICTIONARY, maxMessage: MAX, deflateWindow: 15, ...options });
}

/** Spread, since the library's types do not know the option, which it hands on. */
const preset = (dictionary: Buffer) => ({ dictionary });

/** A client's deflater or inflater, flushed in its own way after each message. */
function foreign(codec: Deflate | Inflate): (message: Uint8Array) => Buffer {
  let chunks: Buffer[] = [];
  codec.on("data", (chunk: Buffer) => chunks.push(chunk));
  return (message) => {
    chunks = [];
    codec.write(Buffer.from(message));
    return Buffer.concat(chunks);
  };
}

const messages = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 20 }).map((part) => Buffer.concat(Array<Uint8Array>(500).fill(part))),
    fc.string().map((text) => Buffer.from(`updt Position owner ${text}`)),
  ),
  { maxLength: 30 },
);

test("the dictionary is the sorted words of what everybody may know, and nothing that only admins may read", () => {
  const words = new TextDecoder().decode(presetDictionary(schema)).split("\n");
  expect(words).toEqual([...new Set(words)].sort());
  expect(words).toEqual(expect.arrayContaining(["updt", "id", "Position", "owner", "x", "y"]));
  for (const { name, readers, columns } of schema.components) {
    expect(words.includes(name)).toBe(readers !== "admin");
    if (readers === "admin") continue;
    for (const { name: column, visibility } of columns) {
      if (visibility !== "admin") expect(words).toContain(column);
    }
  }
  expect(schema.components.some(({ readers }) => readers === "admin")).toBe(true);
});

test("the answer is the dictionary, and an empty one means none", () => {
  const options = { maxMessage: MAX, deflateWindow: 15 };
  expect(new ZlibLayer({ ...options, dictionary: DICTIONARY }).accept().answer).toEqual(DICTIONARY);
  const { answer, stream: plain } = new ZlibLayer({ ...options, dictionary: new Uint8Array(0) }).accept();
  expect(answer.length).toBe(0);
  const header = plain.encode(Buffer.from("hello"));
  expect((header[1] ?? 0) & 0x20).toBe(0);
});

test("what leaves has a zlib header with window 15 that demands the dictionary, and any inflater reads it", () => {
  fc.assert(
    fc.property(messages, (all) => {
      const server = stream();
      const inflate = foreign(new Inflate({ flush: constants.Z_SYNC_FLUSH, ...preset(DICTIONARY) }));
      for (const [i, message] of all.entries()) {
        const bytes = server.encode(message);
        if (i === 0) expect([bytes[0], (bytes[1] ?? 0) & 0x20]).toEqual([0x78, 0x20]);
        expect(Buffer.compare(inflate(bytes), message)).toBe(0);
      }
      server.close();
    }),
  );
});

test.each([
  ["sync flushes", constants.Z_SYNC_FLUSH],
  // An empty static block that ends inside of a byte, as SharpZipLib leaves it.
  ["partial flushes, which end inside of a byte", constants.Z_PARTIAL_FLUSH],
  ["full flushes", constants.Z_FULL_FLUSH],
])("messages that a client ends with %s are read", (_how, flush) => {
  fc.assert(
    fc.property(messages, fc.constantFrom(1, 6, 9), fc.boolean(), (all, level, withDictionary) => {
      const server = stream();
      const deflate = foreign(new Deflate({ flush, level, ...(withDictionary ? preset(DICTIONARY) : {}) }));
      for (const message of all) expect(Buffer.compare(server.decode(deflate(message)), message)).toBe(0);
      server.close();
    }),
  );
});

test("a stream that CPython's zlib has written is read", () => {
  const server = stream({ dictionary: Buffer.from("Position\nid\nupdt") });
  const recorded = ["783f337005f402618500a8a08221000000ffff", "42e51a8d7291026734349093ca70080d00000000ffff"];
  expect(recorded.map((hex) => Buffer.from(server.decode(Buffer.from(hex, "hex"))).toString())).toEqual([
    "updt Position 1",
    "updt Position 2".repeat(50),
  ]);
});

test("what a client sends behind the end of its stream is dropped", () => {
  const server = stream({ dictionary: undefined });
  expect(Buffer.from(server.decode(deflateSync(Buffer.from("all that there is")))).toString()).toBe(
    "all that there is",
  );
  expect(server.decode(deflateSync(Buffer.from("more")))).toHaveLength(0);
});

test.each([9, 10, 12, 14, 15])(
  "a server window of 2^%i is read by clients that expect the full one",
  (deflateWindow) => {
    const server = stream({ deflateWindow, maxMessage: 1 << 20 });
    const inflate = foreign(new Inflate({ flush: constants.Z_SYNC_FLUSH, ...preset(DICTIONARY) }));
    const noise = randomBytes(40_000);
    for (const message of [noise, DICTIONARY, noise, Buffer.alloc(200_000, "updt")]) {
      expect(Buffer.compare(inflate(server.encode(message)), message)).toBe(0);
    }
  },
);

test("what was encoded or decoded is not changed by what follows", () => {
  const [server, client] = [stream(), stream()];
  const sent = Array.from({ length: 50 }, (_, i) => Buffer.from(`message ${i} ${"z".repeat(i * 7)}`));
  const encoded = sent.map((message) => server.encode(message));
  const decoded = encoded.map((bytes) => client.decode(bytes));
  expect(decoded.map((bytes) => Buffer.from(bytes).toString())).toEqual(sent.map(String));
});

test("a message that inflates to more than allowed ends the stream before the memory is taken", () => {
  const bomb = deflateSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
  expect(bomb.length).toBeLessThan(512 * 1024);
  const before = process.memoryUsage().rss;
  const server = stream();
  expect(() => server.decode(bomb)).toThrow(`zlib: a message inflates to more than max_message (${MAX} bytes)`);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  expect(() => server.decode(Buffer.from("more"))).toThrow(WireError);
});

test("the bound is that of each message: many within it pass, the first above it does not", () => {
  const server = stream();
  const deflate = foreign(new Deflate({ flush: constants.Z_SYNC_FLUSH, ...preset(DICTIONARY) }));
  for (let n = 0; n < 100; n++) expect(server.decode(deflate(Buffer.alloc(MAX)))).toHaveLength(MAX);
  const above = deflate(Buffer.alloc(MAX + 1));
  expect(() => server.decode(above)).toThrow(WireError);
});

test("cut or flipped messages fail or give something else, and never anything but a WireError", () => {
  fc.assert(
    fc.property(messages, fc.nat(), fc.nat(7), fc.boolean(), (all, where, bit, cut) => {
      const server = stream();
      const deflate = foreign(new Deflate({ flush: constants.Z_SYNC_FLUSH, ...preset(DICTIONARY) }));
      for (const message of all) {
        const bytes = deflate(message);
        const at = where % bytes.length;
        const broken = cut ? bytes.subarray(0, at) : bytes.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        try {
          expect(server.decode(broken).length).toBeLessThanOrEqual(MAX);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }
      server.close();
    }),
  );
});

test("a stream with another dictionary is refused", () => {
  const deflate = foreign(new Deflate({ flush: constants.Z_SYNC_FLUSH, ...preset(Buffer.from("another")) }));
  expect(() => stream().decode(deflate(Buffer.from("hello")))).toThrow(WireError);
});

test("a stream that was closed, even twice, decodes nothing more", () => {
  const server = stream();
  server.close();
  server.close();
  expect(() => server.decode(Buffer.from("hello"))).toThrow("the stream is closed");
});
