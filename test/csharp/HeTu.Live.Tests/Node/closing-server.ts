// A server that behaves as HeTu's Python server does towards clients: hetu.1 only, no subprotocol is ever selected,
// refusals are three elements, and whatever fails closes the connection without a word. It has one component, Account,
// and a few calls. It answers `clock`, which that server does not know: clients of the world ask for it, since the
// world has a system that is @once. Prints its port.
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { encodeMessage, readClientFrame, readHandshake, writeHandshake } from "../../../../runtime/wire/frames.js";

const accounts = new Map<number, { readonly id: bigint; readonly number: number; balance: number }>();
for (let number = 1; number <= 3; number++) accounts.set(number, { id: BigInt(1000 + number), number, balance: 100 });

const SUBSCRIPTION = "Account.number[None:None:1][:1000]";
const listening = new Set<WebSocket>();

/** A map of MessagePack with integer keys, which the encoder's objects cannot have. */
function update(numbers: readonly number[]): Uint8Array {
  const rows = numbers.flatMap((number) => {
    const row = accounts.get(number)!;
    return [encodeMessage(row.id), encodeMessage(row)];
  });
  const head = [encodeMessage("updt"), encodeMessage(SUBSCRIPTION), Uint8Array.of(0x80 | numbers.length)];
  return Buffer.concat([Uint8Array.of(0x93), ...head, ...rows]);
}

/** @returns what goes back. @throws whatever: then the connection is closed. */
function answer(socket: WebSocket, bytes: Uint8Array): unknown {
  const frame = readClientFrame(bytes);
  if (frame.kind === "sub") {
    if (frame.query.table !== "Account") return ["sub", null, frame.query.kind === "get" ? null : []];
    listening.add(socket);
    return ["sub", SUBSCRIPTION, [...accounts.values()]];
  }
  if (frame.kind === "unsub") return undefined;
  if (frame.kind === "clock") return ["clock", BigInt(Date.now())];
  if (frame.kind !== "rpc") throw new Error(`no frame of HeTu's: ${frame.kind}`);
  switch (frame.name) {
    case "echo":
    case "login":
      return ["rsp", frame.args[0]];
    case "rare":
      return ["rej", "rare", "RATE_LIMITED"];
    case "shout":
      return ["rsp", "ok"];
    case "transfer": {
      const [from, to, amount] = frame.args.map(Number);
      const [source, target] = [accounts.get(from!), accounts.get(to!)];
      if (source === undefined || target === undefined) throw new Error("no such account");
      source.balance -= amount!;
      target.balance += amount!;
      for (const each of listening) each.send(update([from!, to!]));
      return ["rsp", source.balance];
    }
    default:
      throw new Error(`no such system: ${frame.name}`);
  }
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => false });
server.on("connection", (socket) => {
  let hasShaken = false;
  socket.on("close", () => listening.delete(socket));
  socket.on("message", (data: Buffer, isBinary) => {
    try {
      if (!isBinary) throw new Error("a text frame");
      const bytes = new Uint8Array(data);
      if (!hasShaken) {
        if (readHandshake(bytes).length !== 0) throw new Error("other layers");
        hasShaken = true;
        socket.send(writeHandshake([]));
        return;
      }
      const back = answer(socket, bytes);
      if (back !== undefined) socket.send(encodeMessage(back));
    } catch {
      socket.close(1000);
    }
  });
});
server.on("listening", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
