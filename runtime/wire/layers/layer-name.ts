/** The layers that there are, in the only order in which they may be configured. `jsonb` is MessagePack itself. */
export const LAYER_NAMES = ["jsonb", "zlib", "crypto"] as const;

export type LayerName = (typeof LAYER_NAMES)[number];
