import { z } from "zod";
import { LOG_LEVELS } from "../ops/logger.js";
import { LAYER_NAMES } from "../wire/layers/index.js";
import { backend, store } from "./store-settings.js";
import { duration, durationOrZero, flag, limit, size, whole } from "./quantities.js";

const port = whole(0, 65_535);
const text = z.string().min(1);

/** `server.limits`; see `GateLimits` for what each means. */
const limits = z.strictObject({
  max_message: size.optional(),
  connections_per_address: limit.optional(),
  anonymous_per_address: limit.optional(),
  connections: limit.optional(),
  handshake_timeout: duration.optional(),
  idle_timeout: duration.optional(),
  messages_per_second: limit.optional(),
  messages_burst: limit.optional(),
  flood_factor: limit.optional(),
  pending_requests: limit.optional(),
  pending_bytes: size.optional(),
  subscriptions: limit.optional(),
  socket_buffer: size.optional(),
  parked_sessions: limit.optional(),
  max_backlog: size.optional(),
});

/** Layers of a protocol in order; empty: it is not spoken. */
const layers = z.array(z.enum(LAYER_NAMES));

/** `server.wire`; see `WireSettings` for what each means. */
const wire = z.strictObject({
  hetu1: layers.optional(),
  hetu2: layers.optional(),
  /** Better in the environment variable HETU_WIRE_SECRET. */
  secret: text.optional(),
  plaintext: flag.optional(),
  resume_window: durationOrZero.optional(),
  deflate_window: whole(9, 15).optional(),
});

/** What stands under `server` in hetu.json or its YAML twin. Paths are relative to the file. */
export const settingsSchema = z.strictObject({
  /** The module whose default export is what is served. */
  entry: text.optional(),
  /** Several instances: the entry of each, by name. */
  instances: z.record(z.string(), text).optional(),
  /** Folder of the data of the embedded store. */
  data: text.optional(),
  /** `embedded`, or the address of a Redis. */
  store: store.optional(),
  /** What `@backend(name)` names. */
  backends: z.record(z.string(), backend).optional(),
  host: text.optional(),
  port: port.optional(),
  durability: z.enum(["commit", "flush"]).optional(),
  motd: z.string().optional(),
  debug: flag.optional(),
  origins: z.array(text).optional(),
  trusted_proxies: whole(0, 100).optional(),
  worker: whole(0, 1023).optional(),
  /** Files in PEM. */
  cert: text.optional(),
  key: text.optional(),
  stop_deadline: duration.optional(),
  /** For how long the server goes on when it was asked to stop, so that proxies notice that it is not ready. */
  drain_delay: durationOrZero.optional(),
  /** How many processes serve; `auto`: one a core. */
  workers: z.union([z.literal("auto"), whole(1, 256)]).optional(),
  supervise: flag.optional(),
  /** How long the event loop may stand still; `false`: no watchdog. */
  watchdog: z.union([z.literal(false), z.literal("false").transform(() => false as const), duration]).optional(),
  /** Folder that is served over HTTP on the same port, or several by the path that they stand at. */
  static: z.union([text, z.record(z.string().regex(/^\//, { error: 'paths start with "/"' }), text)]).optional(),
  log: z.strictObject({ level: z.enum(LOG_LEVELS).optional(), pretty: flag.optional() }).optional(),
  /** The listener of /healthz and /metrics; `false`: none. */
  metrics: z
    .union(
      [
        z.literal(false),
        port.transform((alone) => ({ port: alone })),
        z.strictObject({ host: text.optional(), port: port.optional() }),
      ],
      { error: 'must be false, a port such as 9681, or { "port": 9681 }, also with a "host"' },
    )
    .optional(),
  limits: limits.optional(),
  wire: wire.optional(),
});

/** Settings as a file or the command line gives them. */
export type Settings = z.infer<typeof settingsSchema>;
