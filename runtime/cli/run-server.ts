import type { Logger } from "pino";
import type { ResolvedSettings } from "../config/server-settings.js";
import { ServerOperations } from "../ops/server-operations.js";
import { Watchdog } from "../ops/watchdog.js";
import { isSupervised } from "../ops/worker-channel.js";
import type { Implementation } from "../schema/schema.js";
import { LogThrottle } from "../server/log-throttle.js";
import type { ServerOptions } from "../server/options.js";
import { createServer, type HetuServer } from "../server/server.js";
import { addressText, parseRedisUrl } from "../store/redis/address.js";
import { staticFiles } from "./static-files.js";

/** A server with all that belongs to it in a process of its own. */
export interface RunningServer {
  readonly server: HetuServer;
  /** What the operations pages tell; `undefined` when there are none. */
  readonly operations: ServerOperations | undefined;
  /** Names that the watchdog may have to tell; again after a swap. */
  knowSystems(): void;
  close(): Promise<void>;
}

/**
 * Starts the server and its watchdog.
 * @param onMade takes the server before it starts.
 * @throws what these throw; nothing is left open then.
 */
export async function startServer(
  settings: ResolvedSettings,
  log: Logger,
  served: Pick<ServerOptions, "implementation" | "instances" | "swappable" | "resetData">,
  onMade: (server: HetuServer) => void = () => undefined,
): Promise<RunningServer> {
  const watchdog = settings.watchdogMs === undefined ? undefined : new Watchdog(settings.watchdogMs, isSupervised());
  try {
    const server = createServer({
      ...settings.options,
      ...served,
      log,
      ...(watchdog === undefined ? {} : { observer: watchdog }),
      ...(settings.static.size === 0 ? {} : { http: staticFiles(settings.static) }),
    });
    onMade(server);
    // Nothing that is not durable was told to anyone: ending at once loses nothing.
    server.on("error", () => process.exit(1));
    const knowSystems = (): void => watchdog?.know(systemsOf(server));
    knowSystems();
    const operations = settings.metrics === undefined ? undefined : new ServerOperations(server);
    await server.listen();
    for (const name of server.instances.keys()) {
      const scheme = settings.options.tls === undefined ? "ws" : "wss";
      log.info(
        { instance: name, port: server.port, ...shownStore(settings) },
        `serving ${scheme}://${shownHost(settings.options.host)}:${server.port}/hetu/${name}`,
      );
    }
    if (settings.static.size > 0) log.info({}, `pages at http://${shownHost(settings.options.host)}:${server.port}/`);
    return {
      server,
      operations,
      knowSystems,
      async close() {
        await server.close();
        operations?.close();
        await watchdog?.stop();
      },
    };
  } catch (error) {
    await watchdog?.stop();
    throw error;
  }
}

/** What escapes user code must be seen; only what leaves the process in an unknown state ends it. */
export function logEscapedErrors(log: Logger): void {
  const throttle = new LogThrottle();
  process.on("unhandledRejection", (error) => {
    const passed = throttle.pass("unhandledRejection");
    if (passed !== undefined)
      log.error({ err: error, ...passed }, "a promise of a system was rejected and not awaited");
  });
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "uncaught exception, the process ends");
    process.exit(1);
  });
}

function systemsOf(server: HetuServer): readonly string[] {
  const implementations: readonly Implementation[] = [...server.instances.values()].map(
    ({ implementation }) => implementation,
  );
  return implementations.flatMap(({ schema }) => [...schema.systems, ...schema.endpoints].map(({ name }) => name));
}

function shownStore({ options: { store, data } }: ResolvedSettings): object {
  return store === undefined ? { data } : { store: addressText(parseRedisUrl(store.url)) };
}

function shownHost(host = "0.0.0.0"): string {
  return host === "0.0.0.0" || host === "::" ? "localhost" : host;
}
