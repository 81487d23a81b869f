import {
  CallRejectedError,
  type Client,
  Closed,
  connect,
  Everything,
  exclusive,
  GuildNotice,
  Inventory,
  type LiveRange,
  type LiveRow,
  Mood,
  Moved,
  NotEnoughGold,
  type Path,
  type Point,
  Profile,
  Rank,
  Rumour,
  Shout,
} from "../../../generated/kitchen-sink/client-ts/kitchen/index.js";

/** A client that is somebody from the first moment on, and after every reconnect. */
export function enter(url: string, token: string): Client {
  return connect(url, {
    bootstrap: async ({ calls }) => {
      await calls.login(token);
    },
  });
}

/** Every call: plain ones, one with an optional parameter, with structs and lists, with a typed refusal. */
export async function callEverything(client: Client): Promise<string> {
  const { calls } = client;
  await calls.moveTo(1.5, -1000);
  await calls.setGuild(-(2n ** 63n));
  await calls.shout("hello");
  const me: bigint = await calls.whoami();
  const near: Point = { x: 0, y: 1e-3 };
  const paths: Path[] | undefined = await client.callsWith({ timeoutMs: 500 }).paths(near, ["recruit", "general"]);
  try {
    const path: Path = await calls.buy(1, 2);
    const other: Path = await calls.buy(1, 2, "a note");
    const third: Path = await calls.shop(3);
    return [path, other, third, ...(paths ?? [])].map(({ name, rank }) => `${me} ${name ?? rank}`).join();
  } catch (error) {
    if (error instanceof NotEnoughGold) return `${error.need - error.have} short`;
    if (error instanceof Closed) return error.code satisfies "Closed";
    if (error instanceof CallRejectedError) return error.code;
    throw error;
  }
}

/** Every form of a query: each unique key, each index, and each kind of bound. */
export function askForEverything(client: Client, me: bigint): readonly Disposable[] {
  const everything = client.query(Everything);
  const rows: readonly LiveRow<Everything>[] = [
    everything.get({ id: 1n }),
    everything.get({ huge: 2n ** 64n - 1n }),
    everything.get({ zone: 1, label: "here" }),
  ];
  const ranges: readonly LiveRange<Everything>[] = [
    everything.range("id"),
    everything.range("tiny", -128, 127),
    everything.range("small", 32767),
    everything.range("medium", exclusive(0), null),
    everything.range("byte", null, 0xff),
    everything.range("big", 0n, exclusive(10n), { limit: 5 }),
    everything.range("huge", 1n, null, { desc: true }),
    everything.range("x", -1.5, Infinity),
    everything.range("at", Date.UTC(2026, 0, 1), null, { limit: 1, desc: true }),
    everything.range("rank", "captain", "general"),
    everything.range("zone,x", [1], [1, 0.5]),
    everything.range("zone,label", exclusive([1]), [2, "m"]),
    everything.range("rank,big,label", ["recruit", 1n], ["recruit", 1n, "z"]),
  ];
  return [
    ...rows,
    ...ranges,
    client.query(Inventory).get({ owner: me, item: 3 }),
    client.query(Inventory).range("owner,item", [me]),
    client.query(Profile).get({ owner: me }),
    client.query(GuildNotice).range("guild", 1n),
    client.query(Rumour).range("owner"),
  ];
}

/** What is told: rows as they change, and events. */
export function listenToEverything(client: Client, tell: (text: string) => void): Disposable[] {
  const here = client.query(Everything).range("zone,x", [1]);
  here.onInsert(({ label, mood }) => tell(`${label} is ${mood === "angry" ? Mood.angry : String(mood)}`));
  here.onUpdate((row, old) => tell(`${row.label} moved by ${row.x - old.x}`));
  here.onDelete(({ rank }) => tell(rank === "general" ? `the highest, ${Rank.general}` : "somebody"));
  const profile = client.query(Profile).range("owner");
  profile.onChange((changes) => {
    for (const { row } of changes) tell(row?.email ?? "not told");
  });
  client.events.on(Shout, ({ from, text }) => tell(`${from}: ${text}`));
  client.events.on(Moved, ({ who, path, note }) =>
    tell(`${who} ${path.points.length} ${path.grid.flat().length} ${note ?? ""}`),
  );
  return [here, profile];
}
