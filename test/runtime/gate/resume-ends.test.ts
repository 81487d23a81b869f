import { describe, expect, it } from "vitest";
import { callable, Hetu2Client, resumeOf } from "./hetu2-client.js";
import { comeBack, LONG, useResumable } from "./resume-world.js";
import { KICKER } from "./world-server.js";

const worlds = useResumable();

describe("the session of a lost link", () => {
  it("ends after the window: its hooks run, once, and the token is void", async () => {
    const { told, port } = await worlds.hooked(20);
    const client = await Hetu2Client.open(port);
    await client.call("login", 5);
    await client.drop();
    await told.until(told.all[0]?.replace("arrived", "left").concat(" as 5 in undefined") ?? "");
    const second = await Hetu2Client.open(port, { resume: resumeOf(client) });
    expect(second.welcome.resumed).toBe(false);
    expect(told.all.filter((one) => one.startsWith("left"))).toHaveLength(1);
  });

  it("ends at once when the client says goodbye", async () => {
    const { told, port } = await worlds.hooked(LONG);
    const client = await Hetu2Client.open(port);
    await client.close();
    await told.until(told.all[0]?.replace("arrived", "left").concat(" as undefined in undefined") ?? "");
    expect((await Hetu2Client.open(port, { resume: resumeOf(client) })).welcome.resumed).toBe(false);
  });

  it("ends when its user logs in elsewhere and kicks", async () => {
    const { told, port } = await worlds.hooked(LONG);
    const away = await Hetu2Client.open(port);
    await away.call("login", Number(KICKER));
    await away.drop();
    const other = await Hetu2Client.open(port);
    await other.call("login", Number(KICKER));
    await told.until(told.all[0]?.replace("arrived", "left").concat(` as ${KICKER} in undefined`) ?? "");
    expect((await Hetu2Client.open(port, { resume: resumeOf(away) })).welcome.resumed).toBe(false);
  });

  it("is void when the client was kicked itself", async () => {
    const { port } = await worlds.hooked(LONG);
    const kicked = await Hetu2Client.open(port);
    await kicked.call("login", Number(KICKER));
    const other = await Hetu2Client.open(port);
    await other.call("login", Number(KICKER));
    expect((await kicked.closed).code).toBe(4001);
    expect((await Hetu2Client.open(port, { resume: resumeOf(kicked) })).welcome.resumed).toBe(false);
  });

  it("is not gone on with when it was kicked while another link waited for its last call", async () => {
    const { told, port, open } = await worlds.gated();
    const away = await Hetu2Client.open(port);
    await away.call("login", Number(KICKER));
    away.send(1, callable("echo"), "");
    await told.until("waiting");
    const back = new Hetu2Client(port);
    await comeBack(back, resumeOf(away));
    expect((await away.closed).code).toBe(1001);
    const other = await Hetu2Client.open(port);
    await other.call("login", Number(KICKER));
    open();
    expect((await back.closed).code).toBe(4001);
    await told.until(`left as ${KICKER}`);
    expect(await other.call("whoami")).toEqual({ kind: "result", value: Number(KICKER) });
    expect(told.all.filter((one) => one.startsWith("left"))).toHaveLength(1);
  });

  it("kicks others when its login ends only after its link", async () => {
    const { told, port, open } = await worlds.gated();
    const rival = await Hetu2Client.open(port);
    await rival.call("login", Number(KICKER));
    const away = await Hetu2Client.open(port);
    away.send(1, callable("echo"), String(KICKER));
    await told.until("waiting");
    const back = new Hetu2Client(port);
    await comeBack(back, resumeOf(away));
    await away.closed;
    open();
    expect((await rival.closed).code).toBe(4001);
    expect(await back.next()).toMatchObject({ kind: "welcome", resumed: true });
    expect(await back.call("whoami")).toEqual({ kind: "result", value: Number(KICKER) });
  });

  it("ends when the server stops, and its hooks run", async () => {
    const { told, port } = await worlds.hooked(LONG);
    const client = await Hetu2Client.open(port);
    await client.call("login", 5);
    await client.drop();
    await worlds.stop();
    expect(told.all).toHaveLength(2);
  });

  it("gives up its place in the limits of its address at once", async () => {
    const world = await worlds.start({ limits: { connectionsPerAddress: 1 } });
    const client = await Hetu2Client.open(world.port);
    await client.call("login", 5);
    await client.drop();
    const second = await Hetu2Client.open(world.port, { resume: resumeOf(client) });
    expect(second.welcome.resumed).toBe(true);
  });

  it("does not exist with a window of 0", async () => {
    const { port } = await worlds.hooked(0);
    const client = await Hetu2Client.open(port);
    expect(client.welcome).toMatchObject({ token: undefined, resumeWindow: 0 });
  });
});
