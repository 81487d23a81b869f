import { createServer } from "hetu";
import { implementation } from "../runtime/systems.js";
import { serveByWorkers } from "./served-by-workers.js";

/** The runtime under measurement, in as many processes as the first argument says: `<workers> <store> <prefix>`. */
await serveByWorkers(async () => {
  const [, url = "", prefix = ""] = process.argv.slice(2);
  let again = 0;
  const server = createServer({
    implementation,
    store: { url, prefix },
    host: "127.0.0.1",
    port: 0,
    limits: {
      connectionsPerAddress: 100_000,
      anonymousPerAddress: 100_000,
      messagesPerSecond: 1e9,
      messagesBurst: 1e9,
    },
    observer: {
      running: () => undefined,
      finished: () => undefined,
      conflicted: () => void again++,
    },
  });
  await server.listen();
  return { port: server.port, path: "/hetu/bench", again: () => again, close: () => server.close() };
});
