import { describe, expect, it } from "vitest";
import { callable, Hetu2Client, resumeOf } from "./hetu2-client.js";
import { comeBack, LONG, useResumable } from "./resume-world.js";
import { Told } from "./told.js";

const worlds = useResumable();

describe("a client that comes back in time", () => {
  it("goes on as who it was, under the same connection id, without any hook", async () => {
    const { told, port } = await worlds.hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    await first.call("join_guild", 3);
    await first.drop();
    const second = await Hetu2Client.open(port, { resume: resumeOf(first) });
    expect(second.welcome.resumed).toBe(true);
    expect(second.welcome.token).not.toEqual(first.welcome.token);
    expect(await second.call("whoami")).toEqual({ kind: "result", value: 5 });
    expect(told.all).toHaveLength(1);
    await second.close();
    await told.until(told.all[0]?.replace("arrived", "left").concat(" as 5 in 3") ?? "");
    expect(told.all).toHaveLength(2);
  });

  it("can come back again and again, each time with the newest token alone", async () => {
    const { port } = await worlds.hooked(LONG);
    let client = await Hetu2Client.open(port);
    await client.call("login", 5);
    for (let times = 0; times < 5; times++) {
      const resume = resumeOf(client);
      await client.drop();
      client = await Hetu2Client.open(port, { resume });
      expect(client.welcome.resumed).toBe(true);
      await client.call("whoami");
      const stranger = await Hetu2Client.open(port, { resume });
      expect(stranger.welcome.resumed).toBe(false);
      expect(await stranger.call("whoami")).toEqual({ kind: "result", value: null });
      await stranger.close();
    }
    expect(await client.call("whoami")).toEqual({ kind: "result", value: 5 });
  });

  it("takes over from a link that the server still thinks is open, once its last call has ended", async () => {
    const { told, port } = await worlds.hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    first.send(1, callable("slow"), 30);
    first.send(1, callable("login"), 6);
    await first.call("echo", "").catch(() => undefined);
    const second = await Hetu2Client.open(port, { resume: resumeOf(first) });
    expect(second.welcome.resumed).toBe(true);
    expect((await first.closed).code).toBe(1001);
    expect(["5", "6"]).toContain(String(((await second.call("whoami")) as { value: unknown }).value));
    expect(told.all).toHaveLength(1);
  });

  it("gets all rows when it has become somebody else behind its position", async () => {
    const { port } = await worlds.hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    await first.call("move_to", 1, 1);
    await first.subscribe("Position", "x", 0, 10);
    const resume = resumeOf(first);
    await first.call("login", 6);
    await first.drop();
    const second = await Hetu2Client.open(port, { resume });
    expect(await second.subscribe("Position", "x", 0, 10, { held: [1n] })).toMatchObject({ kind: "subscribed" });
  });

  it("gets all rows when it gives held without having been resumed", async () => {
    const { port } = await worlds.hooked(LONG);
    const client = await Hetu2Client.open(port, { resume: { token: new Uint8Array(16), position: 5 } });
    expect(client.welcome.resumed).toBe(false);
    await client.call("login", 5);
    expect(await client.subscribe("Position", "x", 0, 10, { held: [1n] })).toMatchObject({ kind: "subscribed" });
  });
});

describe("a client whose link breaks before it was told the next token", () => {
  it("comes back with the token that it has, until it has shown that it knows a newer one", async () => {
    const { told, port } = await worlds.hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    const resume = resumeOf(first);
    await first.drop();
    for (let lost = 0; lost < 3; lost++) {
      const back = await Hetu2Client.open(port, { resume });
      expect(back.welcome.resumed).toBe(true);
      await back.drop();
    }
    const last = await Hetu2Client.open(port, { resume });
    expect(await last.call("whoami")).toEqual({ kind: "result", value: 5 });
    const stranger = await Hetu2Client.open(port, { resume });
    expect(stranger.welcome.resumed).toBe(false);
    expect(told.all.filter((one) => one.startsWith("left"))).toEqual([]);
  });

  it("comes back with the next token alone, when that has reached it", async () => {
    const { port } = await worlds.hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    const second = await Hetu2Client.open(port, { resume: resumeOf(first) });
    const third = await Hetu2Client.open(port, { resume: resumeOf(second) });
    expect((await Hetu2Client.open(port, { resume: resumeOf(first) })).welcome.resumed).toBe(false);
    expect(await third.call("whoami")).toEqual({ kind: "result", value: 5 });
  });

  it("comes back while its last call still runs, however many links it has lost meanwhile", async () => {
    const { told, port, open } = await worlds.gated();
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    first.send(1, callable("echo"), "");
    await told.until("waiting");
    const resume = resumeOf(first);
    for (let lost = 0; lost < 3; lost++) {
      const back = new Hetu2Client(port);
      await comeBack(back, resume);
      if (lost === 0) await first.closed;
      await back.drop();
    }
    const last = new Hetu2Client(port);
    await comeBack(last, resume);
    open();
    expect(await last.next()).toMatchObject({ kind: "welcome", resumed: true });
    expect(await last.call("whoami")).toEqual({ kind: "result", value: 5 });
    expect(told.all).toEqual(["waiting"]);
    await last.close();
    await told.until("left as 5");
    expect(told.all.filter((one) => one.startsWith("left"))).toHaveLength(1);
  });

  it("is missed after the window, and its hooks run once", async () => {
    const told = new Told();
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const { port } = await worlds.start({
      wire: { resumeWindow: 20 },
      systems: {
        async echo(_ctx, text) {
          told.tell("waiting");
          await opened;
          return text;
        },
        left: (ctx) => told.tell(`left as ${ctx.caller}`),
      },
    });
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    first.send(1, callable("echo"), "");
    await told.until("waiting");
    const back = new Hetu2Client(port);
    await comeBack(back, resumeOf(first));
    await first.closed;
    await back.drop();
    open();
    await told.until("left as 5");
    const next = await Hetu2Client.open(port, { resume: resumeOf(first) });
    expect(next.welcome.resumed).toBe(false);
    await next.call("login", 6);
    await next.close();
    await told.until("left as 6");
    expect(told.all).toEqual(["waiting", "left as 5", "left as 6"]);
  });
});
