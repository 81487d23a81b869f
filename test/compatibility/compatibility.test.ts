import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type HetuServer, type Implementation } from "hetu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffModels } from "../../compiler/diff/diff-models.js";
import { UpgradeRefusedError } from "../../runtime/store/migration/errors.js";
import { parseConsents } from "../../runtime/store/migration/consents.js";
import { upgradeEmbedded } from "../../runtime/store/embedded/upgrade.js";
import { allRows, rowName } from "../../compiler/diff/registry.js";
import type { Model } from "../../compiler/model/model.js";
import { type Built, clientModules, modelOf, serverModules } from "./built-schemas.js";
import { type ClientModule, OldClient } from "./old-client.js";
import { schema } from "./base-schema.js";
import { callableRows } from "./rows/callables.js";
import { columnRows } from "./rows/columns.js";
import { componentRows } from "./rows/components.js";
import { enumRows } from "./rows/enums.js";
import { indexRows } from "./rows/indexes.js";
import { messageRows } from "./rows/messages.js";
import { reducedRows } from "./rows/reduced.js";
import type { Scenario } from "./scenario.js";
import { implementationOf, type ServerModule } from "./server-code.js";

const scenarios = [
  ...componentRows,
  ...columnRows,
  ...indexRows,
  ...enumRows,
  ...messageRows,
  ...callableRows,
  ...reducedRows,
].map((scenario, at) => ({ scenario, namespace: `${scenario.kind.replaceAll("-", "")}${at}` }));

/** Shown by the tests of Redis: the embedded store has one folder for all backends. */
const ELSEWHERE = ["backend-changed"];

/** Rows that most scenarios leave behind. */
const SEEDED = [1n, 3] as const;

let folder: string;
let oldModel: Model;
let newModel: Model;
let oldCode: Built<ServerModule>;
let newCode: Built<ServerModule>;
let clients: Built<ClientModule>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-compatibility-"));
  const text = (namespace: string, body: string): string => `namespace ${namespace}\n${body}`;
  oldModel = modelOf(scenarios.map(({ scenario, namespace }) => text(namespace, scenario.old ?? "")));
  newModel = modelOf(
    scenarios.flatMap(({ scenario: { now, beside }, namespace }) => [
      ...(now === undefined ? [] : [text(namespace, now)]),
      ...(beside === undefined ? [] : [beside(namespace)]),
      ...(now === undefined ? [text(`${namespace}other`, schema())] : []),
    ]),
  );
  [oldCode, newCode, clients] = await Promise.all([
    serverModules(oldModel),
    serverModules(newModel),
    clientModules(oldModel),
  ]);
  const instances = Object.fromEntries(
    scenarios.map(({ scenario, namespace }) => [namespace, implementationOf(oldCode.get(namespace), scenario.oldCode)]),
  );
  const server = await listening(instances, folder);
  for (const { scenario, namespace } of scenarios) {
    await visit(server, namespace, async (client) => {
      await client.call("put", ...SEEDED);
      await scenario.seed?.(client);
    });
  }
  await server.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function listening(
  instances: Readonly<Record<string, Implementation>>,
  data: string,
  resetData = false,
): Promise<HetuServer> {
  const limits = { connectionsPerAddress: Infinity };
  const server = createServer({ instances, data, resetData, host: "127.0.0.1", port: 0, limits });
  await server.listen();
  return server;
}

/** Lets a client that was built with the old schema do something. */
async function visit(
  server: HetuServer,
  namespace: string,
  act: ((client: OldClient) => Promise<unknown>) | undefined,
): Promise<void> {
  const client = new OldClient(clients.get(namespace), `ws://127.0.0.1:${server.port}/hetu/${namespace}`);
  try {
    await act?.(client);
  } finally {
    client.close();
  }
}

/** The server of the new schema. Where its namespace is gone, one that serves another. */
function newServer({ scenario, namespace }: (typeof scenarios)[number], reset: boolean): Promise<HetuServer> {
  const served = scenario.now === undefined ? `${namespace}other` : namespace;
  return listening({ [served]: implementationOf(newCode.get(served), scenario.newCode) }, folder, reset);
}

/**
 * Runs `hetu upgrade` on the data: at once where it needs a migration, and only with consent by name where rows would
 * lose something. @returns whether it could; else only a reset helps.
 */
async function upgraded({ scenario, namespace }: (typeof scenarios)[number], loses: boolean): Promise<boolean> {
  const path = join(folder, namespace);
  const { schema: wanted } = newCode.get(namespace);
  const refusal = await upgradeEmbedded(path, wanted, {}).then(
    ({ status }) => {
      expect(status).toBe("upgraded");
      return undefined;
    },
    (error: unknown) => error,
  );
  if (!loses && scenario.data === "refused") {
    expect(refusal).toBeUndefined();
    return true;
  }
  if (!(refusal instanceof UpgradeRefusedError)) throw new Error("no upgrade was refused");
  if (scenario.data === "in the way") {
    expect(refusal.problems.map(({ allow }) => allow)).toStrictEqual([[]]);
    return false;
  }
  const options = refusal.problems.flatMap(({ allow }) => allow.slice(0, 1)).map((option) => option.split(" "));
  expect(options).not.toStrictEqual([]);
  const named = (name: string): string[] =>
    options.flatMap(([option, value]) => (option === name ? [value ?? ""] : []));
  const consents = parseConsents(named("--drop"), named("--convert-lossy"));
  expect(await upgradeEmbedded(path, wanted, { consents })).toMatchObject({ status: "upgraded" });
  return true;
}

function changesOf({ scenario, namespace }: (typeof scenarios)[number]): ReturnType<typeof diffModels> {
  const isOwn = ({ name }: { readonly name: string }): boolean => name === namespace || name === `${namespace}beside`;
  const part = (model: Model): Model => {
    const namespaces = model.namespaces.filter(isOwn);
    return { ...model, fingerprint: namespaces.map(({ fingerprint }) => fingerprint).join(), namespaces };
  };
  const changes = diffModels(part(oldModel), part(newModel));
  return changes.filter(({ kind }) => scenario.also?.includes(kind) !== true);
}

function titleOf({ kind, when, note }: Scenario): string {
  return [rowName({ kind, when }), ...(note === undefined ? [] : [note])].join(" ");
}

it("every row of the table is shown by a scenario, and every scenario shows a row", () => {
  const shown = scenarios.map(({ scenario: { kind, when } }) => rowName({ kind, when }));
  expect([...new Set([...shown, ...ELSEWHERE])].sort()).toStrictEqual(allRows.map(rowName).sort());
});

it("what is told to break clients does not happen to them on the server that they were built for", async () => {
  const shown = scenarios.filter(({ scenario }) => scenario.breaks !== undefined && scenario.now !== undefined);
  const instances = Object.fromEntries(
    shown.map(({ scenario, namespace }) => [namespace, implementationOf(oldCode.get(namespace), scenario.oldCode)]),
  );
  const copy = join(folder, "copy");
  await Promise.all(
    shown.map(({ namespace }) => cp(join(folder, namespace), join(copy, namespace), { recursive: true })),
  );
  const server = await listening(instances, copy);
  const idle: string[] = [];
  for (const { scenario, namespace } of shown) {
    await visit(server, namespace, scenario.breaks).then(
      () => idle.push(titleOf(scenario)),
      () => undefined,
    );
  }
  await server.close();
  expect(idle).toStrictEqual([]);
});

describe.each(scenarios.map((each) => ({ ...each, row: titleOf(each.scenario) })))("$row", (each) => {
  const { scenario, namespace } = each;

  it("is what the difference is told to be", () => {
    const [change, ...more] = changesOf(each);
    expect(change).toMatchObject({ kind: scenario.kind });
    expect(change?.when).toBe(scenario.when);
    expect(more.filter(({ kind, when }) => kind !== scenario.kind || when !== scenario.when)).toStrictEqual([]);
  });

  it("does to old clients and old data what its class says", async () => {
    const [change] = changesOf(each);
    const effects = change?.effects ?? [];
    expect(scenario.breaks !== undefined, "breaks clients").toBe(effects.includes("breaks clients"));
    expect(scenario.works === undefined).toBe(scenario.breaks !== undefined);
    const touchesData = effects.includes("needs a migration") || effects.includes("loses data");
    expect(scenario.data !== "kept", "touches data").toBe(touchesData);
    const isRefused = scenario.data === "refused" || scenario.data === "in the way";
    const refusal = await newServer(each, false).then(
      async (server) => {
        await visit(server, namespace, isRefused ? undefined : (scenario.breaks ?? scenario.works));
        await server.close();
        return undefined;
      },
      (error: unknown) => error,
    );
    if (!isRefused) {
      expect(refusal).toBeUndefined();
      return;
    }
    expect(refusal).toMatchObject({ name: "SchemaChangeError" });
    expect((refusal as Error).message).toMatch(scenario.words ?? /^$/);
    expect((refusal as Error).message).toContain("hetu upgrade --plan");
    const isUpgraded = await upgraded(each, effects.includes("loses data"));
    const server = await newServer(each, !isUpgraded);
    await visit(server, namespace, scenario.breaks ?? scenario.works);
    await server.close();
  });
});

it("a server refuses to serve another namespace over the rows of one that is gone", async () => {
  const found = scenarios.find(({ scenario }) => scenario.kind === "namespace-removed");
  if (found === undefined) throw new Error("no such scenario");
  const { namespace } = found;
  const implementation = implementationOf(newCode.get(`${namespace}other`));
  await expect(listening({ [namespace]: implementation }, folder)).rejects.toThrow(
    `the folder has rows of namespace ${namespace} (Item), which schema ${namespace}other would not see`,
  );
});
