import { decodeMulti } from "@msgpack/msgpack";
import type { WireDescription } from "../../model/wire-description.js";
import { UsageError } from "../usage-error.js";
import type { SchemaSide } from "./schema-side.js";
import { exchange } from "./web-socket.js";

/** The handshake of `jsonb` alone: no layer has anything to say. */
const HANDSHAKE = Uint8Array.of(0x90);
/** `[0, nil, nil]`: a hello of a client that does not know the schema, which the server then tells. */
const HELLO = Uint8Array.of(0x93, 0x00, 0xc0, 0xc0);

/**
 * Asks a server what it tells clients of its schema: the description in the welcome of hetu.2 (docs/protocol.md).
 *
 * @param given `ws://host:port/hetu/instance`.
 * @throws UsageError when it does not answer, or speaks through layers.
 */
export async function describeServer(given: string): Promise<SchemaSide> {
  const instance = decodeURIComponent(new URL(given).pathname.split("/").at(-1) ?? "");
  const [, welcome] = await exchange(given, "hetu.2", [HANDSHAKE, HELLO], 2);
  const frame = firstFrame(welcome);
  const description = Array.isArray(frame) && frame[0] === 0 ? (frame[2] as unknown) : undefined;
  if (!isDescription(description)) {
    throw new UsageError(
      `${given} does not tell its schema`,
      "it may speak through layers (zlib, crypto), which hetuc does not; ask its operations port: http://host:9466",
    );
  }
  return { name: given, kind: "description", instance, description };
}

function firstFrame(message: Uint8Array | undefined): unknown {
  if (message === undefined) return undefined;
  try {
    return decodeMulti(message).next().value;
  } catch {
    return undefined;
  }
}

/** Four lists, each of lists that begin with a name. */
function isDescription(value: unknown): value is WireDescription {
  if (!Array.isArray(value) || value.length < 4) return false;
  return value.slice(0, 4).every((list: unknown) => {
    return Array.isArray(list) && list.every((each: unknown) => Array.isArray(each) && typeof each[0] === "string");
  });
}
