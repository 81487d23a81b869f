import { expect } from "vitest";
import { readHandshake, writeHandshake } from "../../../runtime/wire/frames.js";
import { LayerStack, type LayerStream } from "../../../runtime/wire/layers/index.js";
import { ManualClock } from "../../templates/manual-clock.js";
import { fromHex, toHex } from "../notation.js";
import { serverDecode } from "../recorder/layers.js";
import { type ScriptedLink, scriptedTransport, settle } from "./scripted-link.js";
import type { Sdk } from "./sdk.js";

/** What both kinds of case about layers have. */
interface LayerCase {
  readonly layers: readonly string[];
  readonly secret?: string;
  readonly time?: number;
  readonly nonce?: string;
  readonly client?: { readonly privateKey: string };
  readonly answer: string;
}

/** A case of the kind `handshake`. */
export interface HandshakeCase extends LayerCase {
  readonly dictionary?: string;
  readonly hello: string;
  readonly toServer: readonly { readonly plain: string; readonly sealed: string }[];
  readonly toClient: readonly { readonly plain: string; readonly sealed: string }[];
}

/** A case of the kind `handshake-failure`. */
export interface HandshakeFailureCase extends LayerCase {
  readonly maxMessage: number;
  readonly messages: readonly string[];
  readonly fails: "answer" | number;
}

type Factories = readonly (() => ClientLayer)[];

interface ClientLayer {
  readonly name: string;
  hello(): Uint8Array;
  finish(answer: Uint8Array): LayerStream;
}

export function runHandshake(sdk: Sdk, vector: HandshakeCase): void {
  const layers = clientLayers(sdk, vector).map((make) => make());
  expect(toHex(writeHandshake(layers.map((layer) => layer.hello())))).toBe(vector.hello);
  const stack = finish(layers, vector.answer);
  for (const { plain, sealed } of vector.toClient) expect(toHex(stack.decode(fromHex(sealed)))).toBe(plain);
  const dictionary = new TextEncoder().encode(vector.dictionary ?? "");
  const ofClient = serverDecode(vector.layers, dictionary);
  const ofVectors = serverDecode(vector.layers, dictionary);
  for (const { plain, sealed } of vector.toServer) {
    const encoded = Uint8Array.from(stack.encode(fromHex(plain)));
    if (!vector.layers.includes("zlib")) expect(toHex(encoded)).toBe(sealed);
    expect(toHex(ofClient(encoded))).toBe(plain);
    expect(toHex(ofVectors(fromHex(sealed)))).toBe(plain);
  }
}

/** A case of the kind `client-stream`. */
export type ClientStreamCase = Pick<HandshakeCase, "layers" | "dictionary" | "toServer">;

/** What a client of other make has sent must be inflated by the server. */
export function runClientStream({ layers, dictionary = "", toServer }: ClientStreamCase): void {
  const decode = serverDecode(layers, new TextEncoder().encode(dictionary));
  for (const { plain, sealed } of toServer) expect(toHex(decode(fromHex(sealed)))).toBe(plain);
}

export async function runHandshakeFailure(sdk: Sdk, vector: HandshakeFailureCase): Promise<void> {
  if (vector.fails === "answer") {
    await answerFails(sdk, vector);
    return;
  }
  const layers = clientLayers(sdk, vector, vector.maxMessage).map((make) => make());
  for (const layer of layers) layer.hello();
  const stack = finish(layers, vector.answer);
  for (const [at, hex] of vector.messages.entries()) {
    if (at === vector.fails)
      expect(() => stack.decode(fromHex(hex))).toThrow(expect.objectContaining({ name: "WireError" }));
    else stack.decode(fromHex(hex));
  }
}

/** A client whose link ends when the handshake is answered so. */
async function answerFails(sdk: Sdk, vector: HandshakeFailureCase): Promise<void> {
  const links: ScriptedLink[] = [];
  using client = sdk.world.connect("ws://conformance/hetu/world", {
    transport: scriptedTransport(sdk, links),
    clock: new ManualClock(),
    protocols: ["hetu.1"],
    layers: { hetu1: clientLayers(sdk, vector) },
  });
  links[0]?.open("");
  expect(links[0]?.ended).toBe(false);
  links[0]?.message(vector.answer);
  await settle();
  expect(links[0]?.ended).toBe(true);
  expect(client.connection.error).toMatchObject({ code: "CONNECTION_LOST" });
}

/** The client's layers, with the keys of the vector in the place of random ones. */
export function clientLayers(sdk: Sdk, vector: Omit<LayerCase, "answer">, maxMessage?: number): Factories {
  const random = [vector.client?.privateKey ?? "", vector.nonce ?? ""];
  return vector.layers.map((layer) => {
    if (layer === "zlib") return sdk.layers.zlib(maxMessage === undefined ? {} : { maxMessage });
    return sdk.layers.crypto({
      ...(vector.secret === undefined ? {} : { secret: vector.secret }),
      now: () => vector.time ?? 0,
      randomBytes: () => fromHex(random.shift() ?? ""),
    });
  });
}

/** Both directions of a client whose handshake is answered so. */
export function finish(layers: readonly ClientLayer[], answer: string): LayerStack {
  const entries = readHandshake(fromHex(answer));
  return new LayerStack(layers.map((layer, at) => layer.finish(entries[at] ?? new Uint8Array(0))));
}
