import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { WireSettings } from "../gate/layers/wire-settings.js";
import type { GateLimits } from "../gate/limits.js";
import type { LogLevel } from "../ops/logger.js";
import type { ServerOptions } from "../server/options.js";
import { ServerConfigError } from "./config-error.js";
import type { Settings } from "./settings.js";
import { redisOptionsOf, storeOptionsOf } from "./store-settings.js";

const DEFAULT_ENTRY = "server/index.ts";
const DEFAULT_DATA = "data";
const DEFAULT_WATCHDOG = 10_000;

/** Everything that `hetu` needs to start, with defaults filled in and paths absolute. */
export interface ResolvedSettings {
  readonly entry: string;
  /** Entries by instance name; empty: {@link entry} alone, named as its namespace. */
  readonly instances: ReadonlyMap<string, string>;
  readonly watchdogMs: number | undefined;
  readonly supervise: boolean;
  /** `auto`: one for each core. */
  readonly workers: number | "auto";
  readonly drainDelayMs: number;
  /** Folders served over HTTP, by the path that they stand at. */
  readonly static: ReadonlyMap<string, string>;
  readonly log: { readonly level: LogLevel; readonly pretty: boolean | undefined };
  readonly metrics: { readonly host?: string; readonly port?: number } | undefined;
  /** Everything but what is served. */
  readonly options: Omit<ServerOptions, "implementation" | "instances">;
}

/** @throws ServerConfigError when `cert` or `key` cannot be read, or only one of them is given. */
export function resolveSettings(settings: Settings, root: string): ResolvedSettings {
  const { cert, key, host, port, durability, motd, debug, origins, worker, backends } = settings;
  const store = storeOptionsOf(settings.store);
  return {
    entry: resolve(root, settings.entry ?? DEFAULT_ENTRY),
    instances: new Map(
      Object.entries(settings.instances ?? {}).map(([name, entry]) => [name, resolve(root, entry)] as const),
    ),
    watchdogMs: settings.watchdog === false ? undefined : (settings.watchdog ?? DEFAULT_WATCHDOG),
    supervise: settings.supervise ?? true,
    workers: settings.workers ?? 1,
    drainDelayMs: settings.drain_delay ?? 0,
    static: new Map(staticFolders(settings.static).map(([path, folder]) => [path, resolve(root, folder)] as const)),
    log: { level: settings.log?.level ?? "info", pretty: settings.log?.pretty },
    metrics: settings.metrics === false ? undefined : given({ ...settings.metrics }),
    options: given({
      data: resolve(root, settings.data ?? DEFAULT_DATA),
      store,
      backends:
        store === undefined || backends === undefined
          ? undefined
          : Object.fromEntries(Object.entries(backends).map(([name, each]) => [name, redisOptionsOf(each)])),
      host,
      port,
      durability,
      motd,
      debug,
      origins,
      worker,
      trustedProxies: settings.trusted_proxies,
      stopDeadline: settings.stop_deadline,
      tls: cert === undefined && key === undefined ? undefined : readTls(cert, key, root),
      limits: settings.limits === undefined ? undefined : limitsOf(settings.limits),
      wire: settings.wire === undefined ? undefined : wireOf(settings.wire),
    }),
  };
}

function staticFolders(setting: Settings["static"]): readonly (readonly [string, string])[] {
  if (setting === undefined) return [];
  return typeof setting === "string" ? [["/", setting]] : Object.entries(setting);
}

function readTls(cert: string | undefined, key: string | undefined, root: string): { cert: string; key: string } {
  if (cert === undefined || key === undefined) {
    throw new ServerConfigError("TLS", [`cert and key go together; ${cert === undefined ? "cert" : "key"} is missing`]);
  }
  const read = (name: string, path: string): string => {
    try {
      return readFileSync(resolve(root, path), "utf8");
    } catch (error) {
      throw new ServerConfigError("TLS", [
        `${name} ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ]);
    }
  };
  return { cert: read("cert", cert), key: read("key", key) };
}

function limitsOf(limits: NonNullable<Settings["limits"]>): Partial<GateLimits> {
  return given({
    maxMessage: limits.max_message,
    connectionsPerAddress: limits.connections_per_address,
    anonymousPerAddress: limits.anonymous_per_address,
    connections: limits.connections,
    handshakeTimeout: limits.handshake_timeout,
    idleTimeout: limits.idle_timeout,
    messagesPerSecond: limits.messages_per_second,
    messagesBurst: limits.messages_burst,
    floodFactor: limits.flood_factor,
    pendingRequests: limits.pending_requests,
    pendingBytes: limits.pending_bytes,
    subscriptions: limits.subscriptions,
    socketBuffer: limits.socket_buffer,
    parkedSessions: limits.parked_sessions,
    maxBacklog: limits.max_backlog,
  });
}

function wireOf(wire: NonNullable<Settings["wire"]>): Partial<WireSettings> {
  return given({
    hetu1: wire.hetu1,
    hetu2: wire.hetu2,
    secret: wire.secret,
    plaintext: wire.plaintext,
    resumeWindow: wire.resume_window,
    deflateWindow: wire.deflate_window,
  });
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys that are `undefined`: these must not stand in the way of defaults. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
