import type { LayerName } from "../../runtime/wire/layers/index.js";

/** One way to speak to the server: a protocol and the layers that it goes through. */
export interface Wire {
  /** As the tables of the documentation call it. */
  readonly name: string;
  readonly protocol: "hetu.1" | "hetu.2";
  /** As the server's settings name them. */
  readonly layers: readonly LayerName[];
}

/** What all others are compared with. */
export const BASE: Wire = { name: "jsonb", protocol: "hetu.1", layers: ["jsonb"] };

export const OTHERS: readonly Wire[] = [
  { name: "+zlib", protocol: "hetu.1", layers: ["jsonb", "zlib"] },
  { name: "+crypto", protocol: "hetu.1", layers: ["jsonb", "crypto"] },
  { name: "+zlib+crypto", protocol: "hetu.1", layers: ["jsonb", "zlib", "crypto"] },
  { name: "hetu.2", protocol: "hetu.2", layers: ["jsonb"] },
  { name: "hetu.2+crypto", protocol: "hetu.2", layers: ["jsonb", "crypto"] },
];
