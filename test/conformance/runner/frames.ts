import { expect } from "vitest";
import * as hetu1 from "../../../runtime/wire/frames.js";
import * as hetu2 from "../../../runtime/wire/hetu2/frames.js";
import { frameOf } from "../frame-meaning.js";
import { readTree, writeTree } from "../message-pack-tree.js";
import { fromHex, type Notation, toHex } from "../notation.js";
import { publicKeyOf, serverDecode } from "../recorder/layers.js";
import { clientLayers, finish } from "./layers.js";
import type { Sdk } from "./sdk.js";
import type { ReadFile } from "./vectors.js";

/** What stands beside the cases of a file of the kind `frames`. */
interface FramesFile {
  readonly protocol: string;
  readonly from: "client" | "server";
  readonly clientPrivateKey: string;
  readonly serverPrivateKey: string;
  readonly dictionary: string;
}

/** A case of the kind `frames`. */
interface FramesCase {
  readonly name: string;
  readonly frames: readonly { readonly [name: string]: Notation }[];
  readonly jsonb: string;
}

const LAYER_SETS = [["zlib"], ["crypto"], ["zlib", "crypto"]];

/** All cases of a file are one connection. */
export function runFrames(sdk: Sdk, file: ReadFile): void {
  const about = file.rest as unknown as FramesFile;
  const cases = file.cases as unknown as readonly FramesCase[];
  for (const { name, frames, jsonb } of cases) {
    const said = frames.map((frame) => frameOf(about.protocol, about.from, frame));
    expect(readTree(fromHex(jsonb)), name).toStrictEqual(said);
    if (about.from === "client") expect(toHex(Buffer.concat(said.map(writeTree))), name).toBe(jsonb);
    expect(kinds(about, fromHex(jsonb)), name).not.toContain("other");
  }
  for (const layers of LAYER_SETS) {
    const decode =
      about.from === "client"
        ? serverDecode(layers, new TextEncoder().encode(about.dictionary))
        : clientDecode(sdk, about, layers);
    for (const vector of cases) {
      const sealed = (vector as unknown as Readonly<Record<string, string>>)[layers.join(",")];
      expect(toHex(decode(fromHex(sealed ?? ""))), `${vector.name}, ${layers.join(",")}`).toBe(vector.jsonb);
    }
  }
}

/** The kinds of the frames of a message, as the readers of the runtime and of the clients see them. */
function kinds({ protocol, from }: FramesFile, message: Uint8Array): readonly string[] {
  if (protocol === "hetu.1") {
    return [(from === "client" ? hetu1.readClientFrame(message) : hetu1.readServerFrame(message)).kind];
  }
  const frames = from === "client" ? hetu2.readClientFrames(message) : hetu2.readServerFrames(message);
  return frames.map(({ kind }) => kind);
}

function clientDecode(
  sdk: Sdk,
  { clientPrivateKey, serverPrivateKey, dictionary }: FramesFile,
  names: readonly string[],
): (message: Uint8Array) => Uint8Array {
  const layers = clientLayers(sdk, { layers: names, client: { privateKey: clientPrivateKey } }).map((make) => make());
  for (const layer of layers) layer.hello();
  const entries = names.map((name) => ({
    $bin: toHex(name === "zlib" ? new TextEncoder().encode(dictionary) : publicKeyOf(serverPrivateKey)),
  }));
  const stack = finish(layers, toHex(writeTree(entries)));
  return (message) => stack.decode(message);
}
