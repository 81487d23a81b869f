/** Real Redis servers for tests, and the network in front of them. */
export { type RedisCluster, type RedisClusterOptions, startCluster } from "./redis-cluster.js";
export {
  type Endpoint,
  eventually,
  inSync,
  type RedisServer,
  type RedisServerOptions,
  type Reply,
  startRedis,
  startReplica,
} from "./redis-server.js";
export { type Direction, TcpProxy } from "./tcp-proxy.js";
export { type RedisStarter, useRedis } from "./use-redis.js";
