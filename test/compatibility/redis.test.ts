import { createServer, type HetuServer, type Implementation } from "hetu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffModels } from "../../compiler/diff/diff-models.js";
import { parseRedisUrl } from "../../runtime/store/redis/address.js";
import { openLink } from "../../runtime/store/redis/open-link.js";
import { upgrade, type UpgradeReport } from "../../runtime/store/redis/registry/upgrade.js";
import type { Schema } from "../../runtime/schema/schema.js";
import { startRedis, type RedisServer } from "../redis/index.js";
import { schema } from "./base-schema.js";
import { type Built, clientModules, modelOf, serverModules } from "./built-schemas.js";
import { type ClientModule, goesOn, OldClient } from "./old-client.js";
import { implementationOf, type ServerModule } from "./server-code.js";

const MORE = "@permission(everybody) component More { a: i32 }";

/** Changes that the embedded store makes by itself, or that mean nothing to it. */
const CHANGES: readonly (readonly [kind: string, old: string, now: string])[] = [
  ["backend-changed", schema(), schema({ head: "@permission(everybody) @backend(big)" })],
  [
    "clusters-joined",
    schema({ more: `${MORE} @permission(everybody) system more() uses More` }),
    schema({ more: `${MORE} @permission(everybody) system more() uses More, Item` }),
  ],
  ["column-added", schema(), schema({ columns: "extra: i32 = 7" })],
];

const name = (kind: string): string => kind.replace("-", "");
const oldModel = modelOf(CHANGES.map(([kind, old]) => `namespace ${name(kind)} ${old}`));
const newModel = modelOf(CHANGES.map(([kind, , now]) => `namespace ${name(kind)} ${now}`));

let home: RedisServer;
let big: RedisServer;
let oldCode: Built<ServerModule>;
let newCode: Built<ServerModule>;
let clients: Built<ClientModule>;

beforeAll(async () => {
  [home, big] = await Promise.all([startRedis(), startRedis()]);
  [oldCode, newCode, clients] = await Promise.all([
    serverModules(oldModel),
    serverModules(newModel),
    clientModules(oldModel),
  ]);
});

afterAll(() => Promise.all([home.stop(), big.stop()]));

async function serve(
  namespace: string,
  implementation: Implementation,
  act: (client: OldClient) => Promise<unknown>,
): Promise<void> {
  const server: HetuServer = createServer({
    instances: { [namespace]: implementation },
    host: "127.0.0.1",
    port: 0,
    store: { url: home.url, leaseTime: 1000 },
    backends: { big: { url: big.url } },
  });
  await server.listen();
  const client = new OldClient(clients.get(namespace), `ws://127.0.0.1:${server.port}/hetu/${namespace}`);
  try {
    await act(client);
  } finally {
    client.close();
    await server.close();
  }
}

async function upgradeTo(namespace: string, wanted: Schema): Promise<UpgradeReport> {
  const [here, there] = await Promise.all([home, big].map(({ url }) => openLink(parseRedisUrl(url))));
  if (here === undefined || there === undefined) throw new Error("no link");
  try {
    const link = (backend: string | undefined): typeof here => (backend === undefined ? here : there);
    return await upgrade({ tag: `{hetu:${namespace}}`, link, leaseTime: 1000 }, wanted);
  } finally {
    await Promise.all([here.close(), there.close()]);
  }
}

describe("on Redis", () => {
  it.each(CHANGES)("%s waits for hetu upgrade, which asks nothing; then old clients go on", async (kind) => {
    const namespace = name(kind);
    expect(diffModels(oldModel, newModel).filter((change) => change.namespace === namespace)[0]?.kind).toBe(kind);
    await serve(namespace, implementationOf(oldCode.get(namespace)), (client) => client.call("put", 1n, 3));
    const next = implementationOf(newCode.get(namespace));
    const refusal = await serve(namespace, next, async () => undefined).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: "StoredSchemaError" });
    expect((refusal as Error).message).toContain("hetu upgrade");
    expect((await upgradeTo(namespace, next.schema)).status).toBe("upgraded");
    await serve(namespace, next, (client) => goesOn(client));
  });
});
