import { decode, encode } from "@msgpack/msgpack";
import { WebSocketServer, type WebSocket } from "ws";

/**
 * The limit that the runtime is measured against: `ws` and MessagePack with nothing between them. A message is decoded,
 * encoded and sent back. A connection that sent `["listen"]` gets the bytes that others send as `["broadcast", bytes]`.
 */
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
const ACKNOWLEDGED = encode(["rsp", "ok"]);
const listeners = new Set<WebSocket>();

server.on("connection", (socket) => {
  socket.on("message", (data: Buffer) => {
    const message = decode(data) as unknown[];
    if (message[0] === "listen") {
      listeners.add(socket);
      socket.on("close", () => listeners.delete(socket));
      socket.send(ACKNOWLEDGED);
    } else if (message[0] === "broadcast") {
      for (const listener of listeners) listener.send(message[1] as Uint8Array);
      socket.send(ACKNOWLEDGED);
    } else {
      socket.send(encode(message));
    }
  });
});

server.on("listening", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.send!({ port: address.port });
});

process.on("disconnect", () => process.exit());
