import fc from "fast-check";
import { createServer, type HetuServer, type Implementation } from "hetu";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Change } from "../../compiler/diff/change.js";
import { diffModels } from "../../compiler/diff/diff-models.js";
import { compileSources } from "../../compiler/pipeline.js";
import { planEmbedded, upgradeEmbedded } from "../../runtime/store/embedded/upgrade.js";
import { Random } from "../compiler/language-server/incremental/random.js";
import { LONGER } from "../longer.js";
import { type Built, clientModules, modelOf, serverModules } from "./built-schemas.js";
import { type ClientModule, OldClient } from "./old-client.js";
import { type RandomCode, randomCode } from "./random/code.js";
import { edited } from "./random/edits.js";
import { differences, observe, type Observed } from "./random/observe.js";
import { type Choose, type RandomSchema, randomSchema, schemaText } from "./random/schema.js";
import { implementationOf, type ServerModule } from "./server-code.js";

/** Schemas that are built, served and upgraded together. */
const TOGETHER = 10;

interface Case {
  readonly namespace: string;
  readonly old: RandomSchema;
  readonly now: RandomSchema;
  readonly changes: readonly Change[];
}

/** A schema and what became of it, both of which compile. */
function randomCase(namespace: string, choose: Choose): Case | undefined {
  const old = randomSchema(choose);
  const now = edited(old, choose);
  const [before, after] = [old, now].map((schema) => {
    return compileSources([{ path: "s", text: `namespace ${namespace}\n${schemaText(schema)}` }]).model;
  });
  if (before === undefined || after === undefined) return undefined;
  return { namespace, old, now, changes: diffModels(before, after) };
}

const has = ({ changes }: Case, effect: Change["effects"][number]): boolean =>
  changes.some(({ effects }) => effects.includes(effect));

async function serving<T>(
  instances: Readonly<Record<string, Implementation>>,
  data: string,
  act: (server: HetuServer) => Promise<T>,
): Promise<T> {
  const limits = { connectionsPerAddress: Infinity };
  const server = createServer({ instances, data, host: "127.0.0.1", port: 0, limits });
  await server.listen();
  try {
    return await act(server);
  } finally {
    await server.close();
  }
}

/** What clients of the old schema find on a server, by namespace. */
function observed(
  cases: readonly Case[],
  side: "old" | "now",
  modules: Built<ServerModule>,
  clients: Built<ClientModule>,
  data: string,
): Promise<ReadonlyMap<string, Observed>> {
  const code = new Map(cases.map((each): [string, RandomCode] => [each.namespace, randomCode(each[side])]));
  const instances = Object.fromEntries(
    [...code].map(([name, { behaviours }]) => [name, implementationOf(modules.get(name), behaviours)]),
  );
  return serving(instances, data, async ({ port }) => {
    const found = new Map<string, Observed>();
    for (const { namespace, old } of cases) {
      const client = new OldClient(clients.get(namespace), `ws://127.0.0.1:${port}/hetu/${namespace}`);
      const ran = code.get(namespace);
      if (ran !== undefined) found.set(namespace, await observe(client, old, ran));
      client.close();
    }
    return found;
  });
}

const titleOf = ({ old, now, changes }: Case): string =>
  [schemaText(old), "became", schemaText(now), ...changes.map(({ id, effects }) => `${id} (${effects.join()})`)].join(
    "\n",
  );

/** @returns what does not go as it is told. */
async function wrongs(cases: readonly Case[], folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const text = (side: "old" | "now"): readonly string[] =>
    cases.map((each) => `namespace ${each.namespace}\n${schemaText(each[side])}`);
  const [oldModel, newModel] = [modelOf(text("old")), modelOf(text("now"))];
  const [oldCode, newCode, clients] = await Promise.all([
    serverModules(oldModel),
    serverModules(newModel),
    clientModules(oldModel),
  ]);
  const [data, copy] = [join(folder, "data"), join(folder, "copy")];
  const seeding = Object.fromEntries(
    cases.map(({ namespace, old }) => [
      namespace,
      implementationOf(oldCode.get(namespace), randomCode(old).behaviours),
    ]),
  );
  await serving(seeding, data, async ({ port }) => {
    for (const { namespace } of cases) {
      const client = new OldClient(clients.get(namespace), `ws://127.0.0.1:${port}/hetu/${namespace}`);
      await client.call("seed", 1n);
      client.close();
    }
  });
  await cp(data, copy, { recursive: true });
  const before = await observed(cases, "old", oldCode, clients, copy);

  const fit: Case[] = [];
  for (const each of cases) {
    if (has(each, "loses data")) continue;
    const { schema } = newCode.get(each.namespace);
    const path = join(data, each.namespace);
    const { status, problems } = await planEmbedded(path, schema, {});
    const isInTheWay = each.changes.some(({ kind, effects }) => kind === "unique-added" && effects[0] !== "safe");
    if (status === "refused" && isInTheWay) continue;
    if (status === "refused") {
      found.push(titleOf(each), ...problems.map(({ description }) => description));
      continue;
    }
    if (has(each, "needs a migration")) await upgradeEmbedded(path, schema, {});
    fit.push(each);
  }
  const after = await observed(fit, "now", newCode, clients, data).catch((error: unknown) => {
    const refused = fit.find(({ namespace }) => (error as { readonly namespace?: string }).namespace === namespace);
    throw refused === undefined ? error : new Error(titleOf(refused), { cause: error });
  });
  for (const each of fit) {
    // A server that lacks a value cannot answer with it.
    if (has(each, "breaks clients") || each.changes.some(({ kind }) => kind === "enum-value-removed")) continue;
    const [was, is] = [before.get(each.namespace) ?? {}, after.get(each.namespace) ?? {}];
    const differing = differences(was, is);
    if (differing.length > 0) found.push(titleOf(each), ...differing);
  }
  return found;
}

it(
  "where the difference of two random schemas breaks no clients, those of the old one see the same of the new one; where it loses no data, the data comes along",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 0x7fff_ffff }), async (seed) => {
        const random = new Random(seed);
        const choose: Choose = (list) => random.pick(list);
        const cases: Case[] = [];
        while (cases.length < TOGETHER) {
          const found = randomCase(`s${cases.length}`, choose);
          if (found !== undefined) cases.push(found);
        }
        const folder = await mkdtemp(join(tmpdir(), "hetu-random-"));
        try {
          expect((await wrongs(cases, folder)).join("\n")).toBe("");
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: LONGER, endOnFailure: true },
    );
  },
  60_000 * LONGER,
);
