import { DEFAULT_WIRE, type WireSettings } from "../gate/layers/wire-settings.js";
import { LAYER_NAMES } from "../wire/layers/index.js";
import { ServerOptionsError } from "./errors.js";

/** A day: whoever wants to keep the state of vanished clients for longer wants something else. */
const MAX_RESUME_WINDOW = 86_400_000;
const MIN_DEFLATE_WINDOW = 9;
const MAX_DEFLATE_WINDOW = 15;

/** @throws ServerOptionsError that names the option, its value and what it may be. */
export function checkWire(given: Partial<WireSettings> | undefined): WireSettings {
  for (const name of Object.keys(given ?? {})) {
    if (!(name in DEFAULT_WIRE)) {
      throw new ServerOptionsError(`wire.${name} is unknown; known are ${Object.keys(DEFAULT_WIRE).join(", ")}`);
    }
  }
  const wire: WireSettings = { ...DEFAULT_WIRE, ...given };
  checkLayers("wire.hetu1", wire.hetu1);
  checkLayers("wire.hetu2", wire.hetu2);
  if (wire.hetu1.length === 0 && wire.hetu2.length === 0) {
    throw new ServerOptionsError("wire.hetu1 and wire.hetu2 are both []: no client could connect");
  }
  checkSecret(wire);
  if (typeof wire.plaintext !== "boolean") {
    throw new ServerOptionsError(`wire.plaintext is ${String(wire.plaintext)}: it must be true or false`);
  }
  if (!(wire.resumeWindow >= 0 && wire.resumeWindow <= MAX_RESUME_WINDOW)) {
    throw new ServerOptionsError(
      `wire.resumeWindow is ${wire.resumeWindow}: it must be milliseconds from 0 (no resuming) to ${MAX_RESUME_WINDOW}`,
    );
  }
  const { deflateWindow } = wire;
  if (!(
    Number.isInteger(deflateWindow) &&
    deflateWindow >= MIN_DEFLATE_WINDOW &&
    deflateWindow <= MAX_DEFLATE_WINDOW
  )) {
    throw new ServerOptionsError(
      `wire.deflateWindow is ${deflateWindow}: it must be a whole number from ${MIN_DEFLATE_WINDOW} to ${MAX_DEFLATE_WINDOW}`,
    );
  }
  return wire;
}

function checkLayers(name: string, layers: readonly unknown[]): void {
  const shown = `${name} is ${JSON.stringify(layers)}`;
  const isList: boolean = Array.isArray(layers);
  if (!isList) throw new ServerOptionsError(`${shown}: it must be a list of layers`);
  if (layers.length === 0) return;
  const known: readonly unknown[] = LAYER_NAMES;
  const unknown = layers.find((layer) => !known.includes(layer));
  if (unknown !== undefined) {
    throw new ServerOptionsError(
      `${shown}: there is no layer ${JSON.stringify(unknown)}; known are ${LAYER_NAMES.join(", ")}`,
    );
  }
  if (layers[0] !== LAYER_NAMES[0]) throw new ServerOptionsError(`${shown}: the first layer is always jsonb`);
  const order = layers.map((layer) => known.indexOf(layer));
  if (order.some((position, i) => i > 0 && position <= (order[i - 1] ?? 0))) {
    throw new ServerOptionsError(
      `${shown}: give each layer once, in the order ${LAYER_NAMES.join(", ")}; what is encrypted cannot be compressed`,
    );
  }
}

/** A key that one protocol demands and the other does not would keep nobody out. */
function checkSecret({ secret, hetu1, hetu2 }: WireSettings): void {
  if (secret === undefined) return;
  if (typeof secret !== "string" || secret.length === 0) {
    throw new ServerOptionsError("wire.secret is no text, or an empty one: leave it out, or give a long random text");
  }
  for (const [name, layers] of Object.entries({ hetu1, hetu2 })) {
    if (layers.length === 0 || layers.includes("crypto")) continue;
    throw new ServerOptionsError(
      `wire.secret is set, but wire.${name} has no layer crypto, so that clients would get in without the key: ` +
        `add crypto, or switch ${name} off with []`,
    );
  }
}
