import { once } from "node:events";
import { decode, encode } from "@msgpack/msgpack";
import { WebSocketServer } from "ws";
import { BareHandler } from "./bare-handler.js";
import { serveByWorkers } from "./served-by-workers.js";

/** {@link BareHandler} behind `ws`, in as many processes as the first argument says: `<workers> <store> <prefix>`. */
await serveByWorkers(async () => {
  const [, url = "", prefix = ""] = process.argv.slice(2);
  const handler = await BareHandler.open(url, prefix);
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  server.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => {
      const message = decode(data) as unknown[];
      if (message[1] === undefined || message[1] === "hello") {
        socket.send(encode(message));
        return;
      }
      handler.call(message as ["rpc", string, ...number[]]).then(
        (result) => socket.send(encode(["rsp", result])),
        (error: unknown) => socket.close(1011, String(error)),
      );
    });
  });
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    port,
    path: "/handler",
    again: () => handler.again,
    close: () => {
      handler.close();
      return Promise.resolve();
    },
  };
});
