import type { RequestListener } from "node:http";
import type { WireSettings } from "../gate/layers/wire-settings.js";
import type { GateLimits } from "../gate/limits.js";
import type { Implementation } from "../schema/schema.js";
import type { RunnerObserver } from "../transaction/contract.js";
import type { Log } from "./log.js";
import type { RedisOptions, RedisStoreOptions } from "./store-options.js";

/** Every setting of a server. Only what is served, and `data` or `store`, must be given. */
export interface ServerOptions {
  /** What is served at `/hetu/<namespace>`. Give this or `instances`. */
  readonly implementation?: Implementation;
  /** Several, by the name that stands in the path `/hetu/<name>`; each has data of its own. */
  readonly instances?: Readonly<Record<string, Implementation>>;
  /** Folder of the data of the embedded store; each instance has a folder in it. Made when it does not exist. */
  readonly data?: string;
  /** The Redis that has the data; left out: the embedded store, in the folder `data`. */
  readonly store?: RedisStoreOptions;
  /** Where components with `@backend(name)` are, by that name. The embedded store has them in its one folder. */
  readonly backends?: Readonly<Record<string, RedisOptions>>;
  /** Default `0.0.0.0`: reachable from outside. */
  readonly host?: string;
  /** Default 2466; 0 lets the system choose, see `server.port`. */
  readonly port?: number;
  /**
   * What an answer waits for on the embedded store. `commit`, the default: what it tells survives a crash of this process. `flush`: a
   * crash of the machine, too.
   */
  readonly durability?: "commit" | "flush";
  /** Differences from the default limits. */
  readonly limits?: Partial<GateLimits>;
  /** Allowed `Origin` headers of browsers, e.g. `https://game.example`; left out: all. */
  readonly origins?: readonly string[];
  /** How many proxies of yours a connection passes through: decides which entry of `X-Forwarded-For` counts. Default 0. */
  readonly trustedProxies?: number;
  /** PEM texts; the server then speaks `https` and `wss`. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Protocols, their layers and the key of `crypto`; the default is `jsonb` alone for both. */
  readonly wire?: Partial<WireSettings>;
  /** The greeting that answers a `motd` frame. */
  readonly motd?: string;
  /** Tells clients why a call failed instead of `INTERNAL`. Default false. */
  readonly debug?: boolean;
  /** Milliseconds that `close` gives running calls, hooks and clients; default 10,000. */
  readonly stopDeadline?: number;
  /** Deletes all data before it starts. Default false. */
  readonly resetData?: boolean;
  /** Number of this process in row ids, 0 to 1023; default 0. On Redis each process takes a number by itself. */
  readonly worker?: number;
  /** Default: none. A pino logger fits. */
  readonly log?: Log;
  /** Answers HTTP requests on the same port instead of the built-in `GET /`. */
  readonly http?: RequestListener;
  /** Told of every call, beside the built-in metrics; for watchdogs. */
  readonly observer?: RunnerObserver;
  /** Keeps what {@link HetuServer.swap} needs. Costs some memory for each subscription. Default false. */
  readonly swappable?: boolean;
}
