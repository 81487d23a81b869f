import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CallRejectedError,
  connect,
  NameTaken,
  Position,
  Shout,
  Walk,
} from "../../../generated/walking/client-ts/walking/index.js";
import { serve, type Served } from "../../serving.js";

let served: Served;
beforeAll(async () => {
  served = await serve("walking");
});
afterAll(() => served.close());

type Player = ReturnType<typeof connect>;

async function enter(token: string, name: string): Promise<{ client: Player; id: bigint }> {
  const client = connect(served.url);
  return { client, id: await client.calls.login(token, name, "blue") };
}

test("players see each other come, walk, speak and go", async () => {
  const ann = await enter("token-ann", "Ann");
  const players = ann.client.query(Position).range("x", 0, 1000);
  await players.ready;

  const seen: string[] = [];
  let told = (): void => undefined;
  const next = (): Promise<void> => new Promise((resolve) => (told = resolve));
  players.onChange((changes) => {
    for (const { kind, row, old } of changes) seen.push(`${kind} ${(row ?? old)?.name} ${row?.x ?? ""}`.trim());
    told();
  });
  let change = next();
  const bob = await enter("token-bob", "Bob");
  await change;
  change = next();
  await bob.client.calls.moveTo(10, 20);
  await change;

  const heard = new Promise((resolve) => ann.client.events.on(Shout, resolve));
  await bob.client.calls.shout("hello");
  expect(await heard).toEqual({ from: bob.id, text: "hello" });

  change = next();
  bob.client.close();
  await change;
  expect(seen).toEqual(["insert Bob 500", "update Bob 10", "delete Bob"]);
  ann.client.close();
});

test("a name that somebody wears is refused with a typed error, and the secret of a player is the token", async () => {
  const cat = await enter("token-cat", "Cat");
  const other = connect(served.url);
  const refusal = await other.calls.login("token-dog", "Cat", "red").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NameTaken);
  expect(refusal).toMatchObject({ wanted: "Cat" });
  expect(await other.calls.login("token-cat", "Cat", "red")).toBe(cat.id);
  other.close();
  cat.client.close();
});

test("a step out of the world and too many steps are turned away, and the player stays", async () => {
  const eve = await enter("token-eve", "Eve");
  await expect(eve.client.calls.moveTo(2000, 0)).rejects.toThrow("move_to.x");
  const steps = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => eve.client.calls.moveTo(i, i)));
  const refused = steps.filter((step) => step.status === "rejected").map((step): unknown => step.reason);
  expect(refused.length).toBeGreaterThan(0);
  for (const reason of refused)
    expect(reason).toMatchObject({ code: "RATE_LIMITED" } satisfies Partial<CallRejectedError>);
  eve.client.close();
});

test("the best walkers are a window that outlives the server", async () => {
  const fay = await enter("token-fay", "Fay");
  for (let i = 0; i < 5; i++) await fay.client.calls.moveTo(i, i);
  await served.stop();
  await served.restart();
  const watcher = connect(served.url);
  const best = watcher.query(Walk).range("steps", null, null, { limit: 3, desc: true });
  await best.ready;
  expect(best.rows.find(({ name }) => name === "Fay")?.steps).toBe(5);
  expect(best.rows.map(({ steps }) => steps)).toEqual(best.rows.map(({ steps }) => steps).sort((a, b) => b - a));
  watcher.close();
  fay.client.close();
});
