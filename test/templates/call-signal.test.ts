import { describe, expect, it } from "vitest";
import { OutcomeUnknownError } from "../fixtures/world/generated/client-ts/world/index.js";
import { accept, connectedPair, startClient, startServer, state, overBoth } from "./world-client.js";

overBoth(() => {
  describe("a call with a signal", () => {
    it("that is aborted before it is made is never sent", async () => {
      const { client, connection } = await connectedPair();
      const reason = new Error("no more");
      await expect(client.callsWith({ signal: AbortSignal.abort(reason) }).echo("a")).rejects.toBe(reason);
      void client.calls.echo("b").catch(() => undefined);
      expect(await connection.expectCall("echo")).toStrictEqual(["b"]);
    });

    it("that is aborted while it waits for the connection is never sent, and rejects with the reason", async () => {
      const server = await startServer();
      const client = startClient(server.url);
      const controller = new AbortController();
      const aborted = client.callsWith({ signal: controller.signal }).echo("a");
      const kept = client.calls.echo("b");
      controller.abort();
      await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
      const connection = await accept(server);
      expect(await connection.expectCall("echo")).toStrictEqual(["b"]);
      connection.send("rsp", "b");
      expect(await kept).toBe("b");
    });

    it("that is aborted under way has an unknown outcome, and its answer does not disturb the next", async () => {
      const { client, connection } = await connectedPair();
      const controller = new AbortController();
      const aborted = client.callsWith({ signal: controller.signal }).echo("a");
      const next = client.calls.echo("b");
      await connection.expectCall("echo");
      controller.abort("changed my mind");
      const error: unknown = await aborted.catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(OutcomeUnknownError);
      expect(error).toMatchObject({ cause: "changed my mind" });
      connection.send("rsp", "a");
      connection.send("rsp", "b");
      expect(await next).toBe("b");
    });

    it("that is @once and waits to be sent again is given up", async () => {
      const { server, client, connection } = await connectedPair({ reconnect: { baseMs: 1, maxMs: 1 } });
      const controller = new AbortController();
      const aborted = client.callsWith({ signal: controller.signal }).buy(1, 1);
      await connection.expect("once");
      connection.drop();
      await state(client, "waiting");
      controller.abort();
      await expect(aborted).rejects.toThrow(OutcomeUnknownError);
      const again = await accept(server);
      void client.calls.echo("next").catch(() => undefined);
      expect(await again.expectCall("echo")).toStrictEqual(["next"]);
    });

    it("stops listening to it once it is answered", async () => {
      const { client, connection } = await connectedPair();
      const listeners = new Set<() => void>();
      const signal = {
        aborted: false,
        reason: undefined,
        addEventListener: (_type: "abort", listener: () => void) => void listeners.add(listener),
        removeEventListener: (_type: "abort", listener: () => void) => void listeners.delete(listener),
      };
      const answer = client.callsWith({ signal }).echo("a");
      expect(listeners.size).toBe(1);
      connection.send("rsp", "a");
      await answer;
      expect(listeners.size).toBe(0);
    });
  });
});
