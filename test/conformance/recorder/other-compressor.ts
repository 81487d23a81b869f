import type { VectorFile } from "./vector-file.js";

/**
 * What the layer of the C# client, which is built on SharpZipLib 1.4.1, made of messages of a client, with the
 * dictionary of the schema. Written down once: the recorder cannot run it.
 */
const STREAM: readonly (readonly [plain: string, sealed: string])[] = [
  ["91a5636c6f636b", "783fcc9d51699ab83439273f391b208000"],
  ["92a3727063a677686f616d69", "9ab4b8a820795979467e626e26400001"],
  ["99a3737562a8506f736974696f6ea572616e6765a178000a64c2c3", "3473717169d20a9857971625e6a5a72eac60e04a397418208000"],
  ["93a3727063a56c6f67696e07", "9a0c52b634273f3d338f1d208000"],
  ["92a3727063a677686f616d69", "42d6021040"],
  ["93a3727063a46563686fab6e61c3af766520f09f9982", "0081c597a42667e4afce4b3cbcbe2c55e1c3fc994d0001"],
  [
    "94a3727063a76d6f76655f746fcb3ff8000000000000cbbfb999999999999a",
    "3405a47a796e7e596a7c49fe69fb1f0c60707affce9920300b208000",
  ],
  ["95a3727063a87472616e736665720102cd01f4", "9a0a925e510234bf382db58891e92ce3178000"],
  ["93a3727063a56c6f67696ecf7fffffffffffffff", "4232ff7cfd7f08000820"],
  ["93a3727063a56c6f67696e07", "8090c4d80102"],
  ["92a3727063ae6e6f5f737563685f73797374656d", "086ce7babcfcf8e2d2e48cf8e2ca6260c8000410"],
  ["93a3727063a46563686f05", "4008bb590102"],
  ["92a3727063a477697065", "082cbda43cb32015208000"],
  ["92a3727063a3616e79", "02b31627e655020410"],
  [
    "95a46f6e6365c418000001a3185c5000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeea36275790302",
    "405397e403a3e588040303e36289980086776860715269253313400001",
  ],
  ["95a46f6e6365c418000001a3185c5000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeea36275790302", "449c2a8000"],
  ["95a46f6e6365c418000001a3185c5000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeea36275790304", "224a150b400001"],
  ["95a3737562a8506f736974696f6ea3676574a56f776e657207", "341525f816a7a7962c05c7173b400001"],
  ["95a3737562a8506f736974696f6ea3676574a56f776e657208", "844b8203208000"],
  ["99a3737562a8506f736974696f6ea572616e6765a178000a64c2c3", "c213e00001"],
  [
    "99a3737562a9496e76656e746f7279a572616e6765aa6f776e65722c6974656d9107910764c3c3",
    "04965a094f8790c85805364f07942c26b24f644f397c18208000",
  ],
  [
    "99a3737562a74163636f756e74a572616e6765a66e756d626572a22832cb7ff00000000000000ac2c3",
    "022b5b0e4db61045cb2069659186d1e9fa0f9090e73a7418208000",
  ],
  ["99a3737562a74163636f756e74a572616e6765a66e756d62657205060ac2c2", "c2ad90958debd0218000"],
  ["99a3737562a74e6f7468696e67a572616e6765a178000a64c2c3", "824803133b2859a3c43c400001"],
  ["92a3727063a3616e79", "040f508000"],
  ["92a3727063a3616e79", "82330002"],
  [
    "92a5756e737562b8506f736974696f6e2e785b303a31303a315d5b3a3130305d",
    "68d2d2d23c6042d9014b287a15d106568640141b0da40c620102",
  ],
  ["91a46d6f7464", "68e292dcfc92148000"],
  ["", "020820"],
];

/** `layers/sharpziplib.json`. */
export function otherCompressor(dictionary: Uint8Array): VectorFile {
  return {
    kind: "client-stream",
    about:
      "Messages of a client through the layer zlib, all of one stream, compressed by SharpZipLib: it ends messages " +
      "with empty static blocks, which need not end at a byte. Servers must inflate each as it comes.",
    cases: [
      {
        name: "SharpZipLib 1.4.1",
        layers: ["zlib"],
        dictionary: new TextDecoder().decode(dictionary),
        toServer: STREAM.map(([plain, sealed]) => ({ plain, sealed })),
      },
    ],
  };
}
