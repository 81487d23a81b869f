import { afterAll, beforeAll, expect, test } from "vitest";
import {
  connect,
  Member,
  Message,
  NickTaken,
  NoSuchRoom,
  Note,
  Room,
  Typing,
} from "../../../generated/chat/client-ts/chat/index.js";
import type { ChatClient } from "../web/chat-client.js";
import { serve, type Served } from "../../serving.js";

let served: Served;
beforeAll(async () => {
  served = await serve("chat");
});
afterAll(() => served.close());

async function enter(nick: string): Promise<{ client: ChatClient; id: bigint }> {
  const client = connect(served.url);
  return { client, id: await client.calls.logIn(nick, `secret of ${nick}`) };
}

async function roomCalled(client: ChatClient, name: string): Promise<bigint> {
  const room = client.query(Room).get({ name });
  await room.ready;
  const id = room.row?.id;
  room.dispose();
  if (id === undefined) throw new Error(`no room ${name}`);
  return id;
}

test("the rooms are there from the start, for everybody", async () => {
  const client = connect(served.url);
  const rooms = client.query(Room).range("name");
  await rooms.ready;
  expect(rooms.rows.map(({ name }) => name)).toEqual(["games", "help", "lobby"]);
  client.close();
});

test("members of a room see its history, its members and who types", async () => {
  const ann = await enter("ann");
  const lobby = await roomCalled(ann.client, "lobby");
  expect(await ann.client.calls.joinRoom(lobby)).toEqual({ room: lobby, members: 1 });
  await ann.client.calls.post("first");
  await ann.client.calls.post("second");

  const bob = await enter("bob");
  expect(await bob.client.calls.joinRoom(lobby)).toEqual({ room: lobby, members: 2, last: "second" });
  const history = bob.client.query(Message).range("room,sent", [lobby], [lobby], { limit: 1, desc: true });
  await history.ready;
  expect(history.rows.map(({ text, nick }) => `${nick}: ${text}`)).toEqual(["ann: second"]);

  const window = new Promise((resolve) => history.onChange(resolve));
  const typing = new Promise((resolve) => bob.client.events.on(Typing, resolve));
  await ann.client.calls.typing();
  expect(await typing).toEqual({ room: lobby, nick: "ann" });
  await ann.client.calls.post("third");
  expect(await window).toMatchObject([
    { kind: "delete", old: { text: "second" } },
    { kind: "insert", row: { text: "third" } },
  ]);

  const members = ann.client.query(Member).range("room", lobby);
  await members.ready;
  expect(members.rows.map(({ nick }) => nick).sort()).toEqual(["ann", "bob"]);
  const gone = new Promise((resolve) => members.onDelete(resolve));
  bob.client.close();
  expect(await gone).toMatchObject({ nick: "bob" });
  ann.client.close();
});

test("a taken nick and a room that does not exist are typed errors", async () => {
  const cat = await enter("cat");
  const other = connect(served.url);
  const refusal = await other.calls.logIn("cat", "another secret").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NickTaken);
  expect((refusal as NickTaken).nick).toBe("cat");
  await expect(cat.client.calls.joinRoom(12n)).rejects.toBeInstanceOf(NoSuchRoom);
  other.close();
  cat.client.close();
});

test("a note is seen by its owner alone", async () => {
  const dan = await enter("dan");
  const eva = await enter("eva");
  const own = dan.client.query(Note).get({ owner: dan.id });
  const foreign = eva.client.query(Note).get({ owner: dan.id });
  await Promise.all([own.ready, foreign.ready]);
  const appeared = new Promise((resolve) => own.onInsert(resolve));
  await dan.client.calls.keepNote("secret");
  expect(await appeared).toMatchObject({ text: "secret" });
  // Eva's next answer comes after everything that the note has pushed to her.
  await eva.client.calls.setPresence("away");
  expect(foreign.row).toBeUndefined();
  dan.client.close();
  eva.client.close();
});
