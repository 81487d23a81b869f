import { afterEach, beforeEach, describe } from "vitest";
import {
  type Calls,
  type Client,
  connect,
  type ConnectionState,
  type ConnectOptions,
  type ProtocolName,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { type ScriptedConnection, type ScriptedOptions, ScriptedServer, START_TIME } from "./scripted-server.js";

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** What servers and clients of the running test speak. */
let protocol: ProtocolName = "hetu.2";

/** The same tests over each protocol. */
export function overBoth(define: () => void): void {
  describe.each(["hetu.1", "hetu.2"] as const)("over %s", (name) => {
    beforeEach(() => {
      protocol = name;
    });
    define();
  });
}

/** What the running test is to speak. */
export function spoken(): ProtocolName {
  return protocol;
}

/** Ends with the test. */
export function afterTest(end: () => unknown): void {
  endings.push(end);
}

export async function startServer(options: ScriptedOptions = {}): Promise<ScriptedServer> {
  const server = await ScriptedServer.start({ protocol, ...options });
  afterTest(() => server.stop());
  return server;
}

/** A client that gives up waiting soon, and reconnects at once. */
export function startClient(url: string, options: ConnectOptions<Calls> = {}): Client {
  const client = connect(url, { protocols: [protocol], reconnect: { baseMs: 1, maxMs: 1 }, ...options });
  afterTest(() => client.close());
  return client;
}

/**
 * A server with a client that has connected: the clock that `@once` needs has been answered.
 */
export async function connectedPair(
  options: ConnectOptions<Calls> = {},
  serverOptions: ScriptedOptions = {},
): Promise<{ readonly server: ScriptedServer; readonly client: Client; readonly connection: ScriptedConnection }> {
  const server = await startServer(serverOptions);
  const client = startClient(server.url, options);
  const connection = await accept(server);
  await client.connected();
  return { server, client, connection };
}

/** Takes the next connection and, on hetu.1, answers its question for the time. */
export async function accept(server: ScriptedServer, time = START_TIME): Promise<ScriptedConnection> {
  const connection = await server.connection();
  if (connection.protocol === "hetu.2") {
    await connection.greeted;
    return connection;
  }
  await connection.expect("clock");
  connection.send("clock", time);
  return connection;
}

/** Resolves when the client's connection is in this state, at once when it is. */
export function state(client: Client, status: ConnectionState["status"]): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const look = (current: ConnectionState): void => {
      if (current.status !== status) return;
      stop();
      resolve(current);
    };
    const stop = client.onConnection(look);
    look(client.connection);
  });
}

/** A row of `Account` as the server sends it. */
export function account(id: bigint, number: number, balance: number | bigint = 0): Record<string, unknown> {
  return { id, number, balance };
}
