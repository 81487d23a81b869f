import { afterAll, afterEach, beforeEach } from "vitest";
import { type RedisCluster, type RedisClusterOptions, startCluster } from "./redis-cluster.js";
import { type Endpoint, type RedisServer, type RedisServerOptions, startRedis, startReplica } from "./redis-server.js";
import { TcpProxy } from "./tcp-proxy.js";

/** Starts servers that end with the test that started them, or with the file when a `beforeAll` did. */
export interface RedisStarter {
  server(options?: RedisServerOptions): Promise<RedisServer>;
  replica(of: Endpoint, options?: RedisServerOptions): Promise<RedisServer>;
  cluster(options?: RedisClusterOptions): Promise<RedisCluster>;
  /** A proxy in front of a server. */
  proxy(of: Endpoint): Promise<TcpProxy>;
}

interface Stoppable {
  stop(): Promise<void>;
}

/** To be called where hooks may be registered: at the top of a file or in a `describe`. */
export function useRedis(): RedisStarter {
  const ofFile: Stoppable[] = [];
  const ofTest: Stoppable[] = [];
  let inTest = false;
  const stopAll = async (started: Stoppable[]): Promise<void> => {
    // The last one first: proxies before servers, replicas before primaries.
    for (const one of started.splice(0).reverse()) await one.stop();
  };
  const keep = async <T extends Stoppable>(starting: Promise<T>): Promise<T> => {
    const list = inTest ? ofTest : ofFile;
    const started = await starting;
    list.push(started);
    return started;
  };
  beforeEach(() => {
    inTest = true;
  });
  afterEach(async () => {
    inTest = false;
    await stopAll(ofTest);
  });
  afterAll(() => stopAll(ofFile));
  return {
    server: (options) => keep(startRedis(options)),
    replica: (of, options) => keep(startReplica(of, options)),
    cluster: (options) => keep(startCluster(options)),
    proxy: (of) => keep(TcpProxy.start(of.port)),
  };
}
