import { meaningOf } from "../frame-meaning.js";
import { fromHex, type Notation, toHex } from "../notation.js";
import { dictionary } from "./dictionary.js";
import { clientEncode, CLIENT_KEY, LAYER_SETS, SERVER_KEY, serverEncode } from "./layers.js";
import type { Message, Peer, Protocol } from "./peer.js";
import type { VectorFile } from "./vector-file.js";
import { RecordedWorld, USER } from "./world.js";
import { exchanges1 } from "./frames-hetu1.js";
import { exchanges2 } from "./frames-hetu2.js";

/** One request of a recording, and what it is for. */
export interface Exchange {
  readonly name: string;
  readonly frame: Notation;
  /** The kinds of frame that answer it; none: nothing does. */
  readonly answers: readonly (string | number)[];
  /** What the system `any` does when the frame calls it. */
  readonly work?: Parameters<RecordedWorld["change"]>[1];
}

/** `frames/*.json`: every kind of frame, as a real server has taken and sent it. */
export async function frames(protocol: Protocol): Promise<ReadonlyMap<string, VectorFile>> {
  const world = await RecordedWorld.start();
  try {
    const peer = await world.open(protocol);
    if (peer === undefined) return new Map();
    const named: { readonly name: string; readonly message: Message }[] = [];
    for (const exchange of protocol === "hetu.1" ? exchanges1 : exchanges2) {
      const from = peer.messages.length;
      await take(world, peer, exchange);
      for (const message of peer.messages.slice(from)) named.push({ name: exchange.name, message });
    }
    await peer.close();
    const stem = `frames/${protocol.replace(".", "")}`;
    return new Map(
      (["client", "server"] as const).map((side) => [`${stem}-${side}.json`, fileOf(protocol, side, named)]),
    );
  } finally {
    await world.stop();
  }
}

async function take(world: RecordedWorld, peer: Peer, { frame, answers, work }: Exchange): Promise<void> {
  if (work !== undefined) world.nextWork(work);
  if (answers.length === 0) peer.send(frame);
  else await peer.ask(frame, ...answers);
}

function fileOf(
  protocol: Protocol,
  from: "client" | "server",
  named: readonly { readonly name: string; readonly message: Message }[],
): VectorFile {
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
    dictionary: new TextDecoder().decode(dictionary),
    cases,
  } as VectorFile;
}
