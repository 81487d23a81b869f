import { everybody, implement } from "hetu";
import { NickTaken, NoSuchRoom, schema, Typing } from "../../../generated/chat/server-ts/chat/index.js";

const ROOMS = [
  { name: "lobby", topic: "Say hello" },
  { name: "games", topic: "What are you playing?" },
  { name: "help", topic: "Ask, and somebody answers" },
];

export default implement(schema, {
  async openRooms(ctx) {
    for (const { name, topic } of ROOMS) {
      const room = await ctx.Room.upsert({ name });
      room.topic = topic;
    }
  },

  async logIn(ctx, nick, secret) {
    // A chat without passwords: whoever knows the secret is who first came with it. The user stays the same when the
    // page comes back through another link; a message that is sent again is known by that.
    const { id: user } = await ctx.Account.upsert({ secret });
    const holder = await ctx.Member.get({ nick });
    if (holder !== undefined && holder.owner !== user) throw ctx.reject(NickTaken, { nick });
    const me = await ctx.Member.upsert({ owner: user }, { nick });
    me.nick = nick;
    me.link = ctx.connection!;
    ctx.elevate(user, { kick: true });
    return user;
  },

  async joinRoom(ctx, roomId) {
    const room = await ctx.Room.get({ id: roomId });
    if (room === undefined) throw ctx.reject(NoSuchRoom, { room: roomId });
    const me = await ctx.Member.get({ owner: ctx.caller! });
    if (me === undefined) return ctx.abort();
    me.room = roomId;
    const members = await ctx.Member.range("room", roomId);
    const [last] = await ctx.Message.range("room,sent", [roomId], [roomId], { limit: 1, desc: true });
    return { room: roomId, members: members.length, ...(last !== undefined && { last: last.text }) };
  },

  async post(ctx, text) {
    const me = await ctx.Member.get({ owner: ctx.caller! });
    if (me === undefined) return ctx.abort();
    if ((await ctx.Room.get({ id: me.room })) === undefined) throw ctx.reject(NoSuchRoom, { room: me.room });
    const message = await ctx.Message.insert({ room: me.room, author: me.owner, nick: me.nick, text });
    return message.id;
  },

  async typing(ctx) {
    const me = await ctx.Member.get({ owner: ctx.caller! });
    if (me !== undefined) ctx.send(everybody, Typing, { room: me.room, nick: me.nick });
  },

  async setPresence(ctx, presence) {
    const me = await ctx.Member.get({ owner: ctx.caller! });
    if (me !== undefined) me.presence = presence;
  },

  async keepNote(ctx, text) {
    const note = await ctx.Note.upsert({ owner: ctx.caller! });
    note.text = text;
  },

  async gone(ctx) {
    if (ctx.caller === undefined) return;
    const me = await ctx.Member.get({ owner: ctx.caller });
    // Who has come back already is here through another connection.
    if (me?.link === ctx.connection) await ctx.Member.delete({ owner: ctx.caller });
  },
});
