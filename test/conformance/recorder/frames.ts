import { meaningOf } from "../frame-meaning.js";
import { fromHex, type Notation, toHex } from "../notation.js";
import { dictionary } from "./dictionary.js";
import { clientEncode, CLIENT_KEY, LAYER_SETS, SERVER_KEY, serverEncode, sessionKey } from "./layers.js";
import type { Message, Peer, Protocol } from "./peer.js";
import type { VectorFile } from "./vector-file.js";
import { call, RecordedWorld, USER } from "./world.js";
import { numberOfComponent, numberOfIndex, wire } from "./world-schema.js";
import type { Exchange } from "./exchange.js";
import { exchanges1 } from "./frames-hetu1.js";
import { exchanges2 } from "./frames-hetu2.js";

/** `frames/*.json`: every kind of frame, as a real server has taken and sent it. */
export async function frames(protocol: Protocol): Promise<ReadonlyMap<string, VectorFile>> {
  const world = await RecordedWorld.start();
  try {
    const peer = await world.open(protocol);
    if (peer === undefined) return new Map();
    const named: Named[] = [];
    for (const exchange of protocol === "hetu.1" ? exchanges1 : exchanges2) {
      const from = peer.messages.length;
      await take(world, peer, exchange);
      for (const message of peer.messages.slice(from)) named.push({ name: exchange.name, message });
    }
    await peer.close();
    return bothSides(protocol, "", named);
  } finally {
    await world.stop();
  }
}

/**
 * `frames/hetu2-resumed-*.json`: a connection that goes on where another has dropped, of a client that asks for the
 * description.
 */
export async function resumedFrames(): Promise<ReadonlyMap<string, VectorFile>> {
  const world = await RecordedWorld.start();
  try {
    const [first, second] = [await world.open("hetu.2"), await world.open("hetu.2")];
    if (first === undefined || second === undefined) return new Map();
    const subscribe = [3, numberOfComponent("Position"), numberOfIndex("Position", "x"), 0, 10, 100, false];
    await first.ask([0, { $bin: wire.fingerprint }, null], 0);
    await call(first, "login", USER);
    await world.change(first, async ({ Position }) => {
      for (const owner of [1n, 2n, 3n]) await Position.insert({ owner, x: Number(owner) });
    });
    const [answer] = await first.ask(subscribe, 4);
    const [, , position, rows] = answer?.frames[0] as readonly [number, number, number, readonly Notation[][]];
    const held = rows.map(([id]) => id ?? null);
    await world.drop(first);
    const actor = await world.open("hetu.1");
    if (actor === undefined) throw new Error("the server does not speak hetu.1");
    await world.change(actor, async ({ Position }) => {
      await Position.delete({ owner: 1n });
      await Position.update({ owner: 2n }, { y: 0.5 });
      await Position.insert({ owner: 4n, x: 4 });
    });
    await second.resume(null, first, position);
    await second.ask([...subscribe, held], 4, 5, 6);
    await Promise.all([second.close(), actor.close()]);
    const names = ["a hello that resumes and asks for the description", "what has changed meanwhile"];
    const named = second.messages.map((message, at) => ({ name: names[at >> 1] ?? "", message }));
    return bothSides("hetu.2", "-resumed", named);
  } finally {
    await world.stop();
  }
}

function bothSides(protocol: Protocol, suffix: string, named: readonly Named[]): ReadonlyMap<string, VectorFile> {
  const stem = `frames/${protocol.replace(".", "")}${suffix}`;
  return new Map(
    (["client", "server"] as const).map((side) => [`${stem}-${side}.json`, fileOf(protocol, side, named)]),
  );
}

interface Named {
  readonly name: string;
  readonly message: Message;
}

async function take(world: RecordedWorld, peer: Peer, { frame, answers, work }: Exchange): Promise<void> {
  if (work !== undefined) world.nextWork(work);
  const asked = typeof frame === "function" ? frame(peer.messages.at(-1)?.frames.at(-1) ?? null) : frame;
  if (answers.length === 0) peer.send(asked);
  else await peer.ask(asked, ...answers);
}

function fileOf(protocol: Protocol, from: "client" | "server", named: readonly Named[]): VectorFile {
  const encoders = LAYER_SETS.map(
    (layers) =>
      [
        layers.join(","),
        from === "client" ? clientEncode(layers, dictionary) : serverEncode(layers, dictionary),
      ] as const,
  );
  const cases = named
    .filter(({ message }) => message.from === from)
    .map(({ name, message }) => ({
      name,
      frames: message.frames.map((frame) => meaningOf(protocol, from, frame)),
      jsonb: message.hex,
      ...Object.fromEntries(encoders.map(([set, encode]) => [set, toHex(encode(fromHex(message.hex)))])),
    }));
  return {
    kind: "frames",
    about:
      `What the ${from} of a real connection sent over ${protocol}, logged in as user ${USER}. ` +
      "`frames` is what it says, `jsonb` the message without layers. The other three are the same messages, in order, " +
      "through a connection with these layers, the dictionary of the schema and the session key of the given keys.",
    protocol,
    from,
    clientPrivateKey: CLIENT_KEY,
    serverPrivateKey: SERVER_KEY,
    sessionKey: toHex(sessionKey),
    dictionary: new TextDecoder().decode(dictionary),
    cases,
  } as VectorFile;
}
