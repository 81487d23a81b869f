import { decode, decodeMulti, encode } from "@msgpack/msgpack";
import { sdkModule } from "../../emit/client-shared/sdk-files.js";
import type { WireDescription } from "../../model/wire-description.js";
import { UsageError } from "../usage-error.js";
import type { SchemaSide } from "./schema-side.js";
import { converse } from "./web-socket.js";

/** `[0, nil, nil]`: a hello of a client that does not know the schema, which the server then tells. */
const HELLO = Uint8Array.of(0x93, 0x00, 0xc0, 0xc0);

/** The client's side of a layer, as the SDK has it (templates/client-ts/layers). */
interface Layer {
  hello(): Uint8Array;
  finish(answer: Uint8Array): { encode(message: Uint8Array): Uint8Array; decode(message: Uint8Array): Uint8Array };
}

/** What the SDK's module of layers exports. */
interface Layers {
  readonly zlib: () => () => Layer;
  readonly crypto: (options: { readonly secret?: string }) => () => Layer;
}

/**
 * Asks a server what it tells clients of its schema: the description in the welcome of hetu.2 (docs/protocol.md).
 *
 * @param given `ws://host:port/hetu/instance`; of a server with layers with their names, `#zlib,crypto`.
 * @param secret the key that the server wants hellos to be signed with; left out: none.
 * @throws UsageError when it does not answer, or has other layers.
 */
export async function describeServer(given: string, secret?: string): Promise<SchemaSide> {
  const url = new URL(given);
  const layers = await layersNamed(url.hash.slice(1), secret);
  url.hash = "";
  const instance = decodeURIComponent(url.pathname.split("/").at(-1) ?? "");
  const frame = await converse(url.href, "hetu.2", async (ask) => {
    const answers = decode(await ask(encode(layers.map((layer) => layer.hello()))));
    if (!Array.isArray(answers) || answers.length !== layers.length) return undefined;
    const streams = layers.map((layer, at) => layer.finish(answers[at] as Uint8Array));
    const welcome = await ask(streams.reduce<Uint8Array>((message, stream) => stream.encode(message), HELLO));
    const message = streams.reduceRight<Uint8Array>((bytes, stream) => stream.decode(bytes), welcome);
    return decodeMulti(message).next().value;
  }).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
    // What comes through other layers is noise, and cannot be decoded.
    return undefined;
  });
  const description = Array.isArray(frame) && frame[0] === 0 ? (frame[2] as unknown) : undefined;
  if (!isDescription(description)) {
    throw new UsageError(
      `${given} does not tell its schema`,
      "it may speak through other layers: name them as in ws://host/hetu/name#zlib,crypto, or ask its operations port: http://host:9466",
    );
  }
  return { name: given, kind: "description", instance, description };
}

/** @param names as in the settings of the server, separated by commas; `jsonb`, which is always there, may be left out. */
async function layersNamed(names: string, secret: string | undefined): Promise<readonly Layer[]> {
  const wanted = names.split(",").filter((name) => name !== "" && name !== "jsonb");
  if (wanted.length === 0) return [];
  const { zlib, crypto } = (await import(sdkModule("layers/index.js"))) as Layers;
  const known: Readonly<Record<string, () => Layer>> = {
    zlib: zlib(),
    crypto: crypto(secret === undefined ? {} : { secret }),
  };
  return wanted.map((name) => {
    const make = known[name];
    if (make === undefined)
      throw new UsageError(`there is no layer ${name}`, "layers are zlib and crypto, in this order");
    return make();
  });
}

/** Four lists, each of lists that begin with a name. */
function isDescription(value: unknown): value is WireDescription {
  if (!Array.isArray(value) || value.length < 4) return false;
  return value.slice(0, 4).every((list: unknown) => {
    return Array.isArray(list) && list.every((each: unknown) => Array.isArray(each) && typeof each[0] === "string");
  });
}
