import { writeHandshake } from "../../../runtime/wire/frames.js";
import { writeTree } from "../message-pack-tree.js";
import { type Notation, toHex } from "../notation.js";
import {
  CLIENT_KEY,
  clientEncode,
  HELLO_NONCE,
  LAYER_SETS,
  publicKeyOf,
  SERVER_KEY,
  serverEncode,
  sessionKey,
  sharedSecret,
  signedHello,
} from "./layers.js";
import { dictionary } from "./dictionary.js";
import type { VectorCase, VectorFile } from "./vector-file.js";
import { RECORDED_AT } from "./world.js";

const SECRET = "a key that both sides know: ключ";
const EMPTY = new Uint8Array(0);

/** Frames to send through: repetition, so that compression shows, and an empty message. */
const TO_SERVER: readonly Notation[] = [
  ["rpc", "move_to", { $f64: 1.5 }, { $f64: -2.25 }],
  ["rpc", "move_to", { $f64: 1.5 }, { $f64: -2.25 }],
  ["clock"],
];
const TO_CLIENT: readonly Notation[] = [
  ["updt", "Position.x[0:10:1][:100]", { $map: [[1, { id: 1, owner: 7, zone: 0, x: { $f64: 1.5 }, y: { $f64: 0 } }]] }],
  ["updt", "Position.x[0:10:1][:100]", { $map: [[1, null]] }],
  ["rsp", "ok"],
];

interface Direction {
  readonly plain: string;
  readonly sealed: string;
}

/** `layers/handshakes.json`: from the client's keys to the first messages of both directions. */
export function handshakes(): VectorFile {
  return {
    kind: "handshake",
    about:
      "Handshakes with fixed keys and nonces. A client with `client` keys sends `hello`; the server answers `answer`; " +
      "both have `sessionKey` then. `toServer` and `toClient` are the first messages of each direction in order, " +
      "`plain` without and `sealed` with the layers. Clients give exactly `sealed` unless zlib is among the layers " +
      "(compressors differ): then what they give must inflate to `plain`.",
    cases: [
      handshake("zlib with the dictionary of the schema", ["zlib"], undefined, dictionary),
      handshake("zlib without a dictionary", ["zlib"], undefined, EMPTY),
      handshake("crypto with an unsigned hello", ["crypto"], undefined, dictionary),
      handshake("crypto with a signed hello", ["crypto"], SECRET, dictionary),
      handshake("zlib and crypto with a signed hello", ["zlib", "crypto"], SECRET, dictionary),
    ],
  };
}

function handshake(name: string, layers: readonly string[], secret: string | undefined, words: Uint8Array): VectorCase {
  const theirKey = publicKeyOf(SERVER_KEY);
  const ourKey = publicKeyOf(CLIENT_KEY);
  const hello = secret === undefined ? ourKey : signedHello(ourKey, BigInt(RECORDED_AT), HELLO_NONCE, secret);
  const entries = (zlib: Uint8Array, crypto: Uint8Array): Uint8Array[] =>
    layers.map((layer) => (layer === "zlib" ? zlib : crypto));
  return {
    name,
    layers,
    ...(layers.includes("zlib") ? { dictionary: new TextDecoder().decode(words) } : {}),
    ...(layers.includes("crypto")
      ? {
          ...(secret === undefined ? {} : { secret, time: RECORDED_AT, nonce: HELLO_NONCE }),
          client: { privateKey: CLIENT_KEY, publicKey: toHex(ourKey) },
          server: { privateKey: SERVER_KEY, publicKey: toHex(theirKey) },
          sharedSecret: toHex(sharedSecret(CLIENT_KEY, toHex(theirKey))),
          sessionKey: toHex(sessionKey),
        }
      : {}),
    hello: toHex(writeHandshake(entries(EMPTY, hello))),
    answer: toHex(writeHandshake(entries(words, theirKey))),
    toServer: through(clientEncode(layers, words), TO_SERVER),
    toClient: through(serverEncode(layers, words), TO_CLIENT),
  };
}

function through(encode: (message: Uint8Array) => Uint8Array, frames: readonly Notation[]): Direction[] {
  return frames.map((frame) => {
    const plain = writeTree(frame);
    return { plain: toHex(plain), sealed: toHex(encode(plain)) };
  });
}

/** `layers/failures.json`: what a client must not accept. */
export function handshakeFailures(): VectorFile {
  const answer = (...entries: readonly Uint8Array[]): string => toHex(writeHandshake(entries));
  const theirKey = publicKeyOf(SERVER_KEY);
  const sealed = (layers: readonly string[], ...messages: readonly Uint8Array[]): Uint8Array[] => {
    const encode = serverEncode(layers, dictionary);
    return messages.map((message) => encode(message));
  };
  const frame = writeTree(["rsp", "ok"]);
  const changed = (bytes: Uint8Array, at: number): Uint8Array =>
    bytes.map((byte, index) => (index === (at + bytes.length) % bytes.length ? byte ^ 1 : byte));
  const failure = (
    name: string,
    layers: readonly string[],
    answered: string,
    messages: readonly Uint8Array[],
  ): VectorCase => ({
    name,
    layers,
    ...(layers.includes("crypto") ? { client: { privateKey: CLIENT_KEY } } : {}),
    maxMessage: 4096,
    answer: answered,
    messages: messages.map(toHex),
    fails: messages.length === 0 ? "answer" : messages.length - 1,
  });
  const [first = EMPTY, second = EMPTY] = sealed(["crypto"], frame, frame);
  const [bomb = EMPTY] = sealed(["zlib"], new Uint8Array(4097));
  const [largest = EMPTY, small = EMPTY] = sealed(["zlib"], new Uint8Array(4096), frame);
  const [foreign = EMPTY] = sealed(["zlib"], frame);
  return {
    kind: "handshake-failure",
    about:
      "What a client of `layers` must take for the end of the connection. `fails` says where: at the answer to its " +
      "hello, or at the message with that number; all messages before it are in order. `maxMessage` is what a message " +
      "may inflate to.",
    cases: [
      failure("a changed ciphertext", ["crypto"], answer(theirKey), [first, changed(second, 0)]),
      failure("a changed tag", ["crypto"], answer(theirKey), [first, changed(second, -1)]),
      failure("a message that was left out", ["crypto"], answer(theirKey), [second]),
      failure("a message that comes twice", ["crypto"], answer(theirKey), [first, first]),
      failure("a message without a tag", ["crypto"], answer(theirKey), [first.subarray(0, 15)]),
      failure("a key of small order", ["crypto"], answer(new Uint8Array(32)), []),
      failure("a key that is too short", ["crypto"], answer(theirKey.subarray(1)), []),
      failure("an answer that lacks the layer", ["crypto"], answer(), []),
      failure("an answer with a layer more", ["zlib"], answer(dictionary, theirKey), []),
      failure("one byte more than a message may inflate to", ["zlib"], answer(dictionary), [bomb]),
      failure("garbage behind a message of the greatest size", ["zlib"], answer(dictionary), [
        largest,
        small,
        Uint8Array.of(0xff, 0xff, 0xff, 0xff),
      ]),
      failure("a dictionary that was not given", ["zlib"], answer(EMPTY), [foreign]),
      failure("another dictionary than was given", ["zlib"], answer(dictionary.subarray(1)), [foreign]),
    ],
  };
}

/** The sets of layers that the frames are recorded in, by the name that they have in the files. */
export const layerSetNames: readonly string[] = LAYER_SETS.map((layers) => layers.join(","));
