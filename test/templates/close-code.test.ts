import { expect, it } from "vitest";
import { overBoth, startClient, startServer, state } from "./world-client.js";

overBoth(() => {
  it("a close with code 1009, which comes without words, names the server's limit", async () => {
    const server = await startServer();
    const client = startClient(server.url, { reconnect: { baseMs: 1e9, maxMs: 1e9 } });
    (await server.connection()).close(1009, "");
    const { error } = await state(client, "waiting");
    expect(error).toMatchObject({ code: "CONNECTION_LOST", closeCode: 1009 });
    expect(error?.message).toMatch(/larger than the server takes.*524288 bytes.*limits\.max_message/);
  });
});
