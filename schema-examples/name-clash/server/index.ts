import { everybody, implement } from "hetu";
import { _Error, _Event, schema } from "../../../generated/name-clash/server-ts/clash/index.js";

export default implement(schema, {
  async _constructor(ctx, _new, _this, _ctx, _args) {
    if (_new < 0) throw ctx.reject(_Error, { _message: "too small", _name: "new", _code: _new, _cause: _ctx });
    ctx.elevate(BigInt(_this));
    ctx.session.caller = BigInt(_this);
    ctx.session.this = _this;
    const made = await ctx._Promise.upsert({ this: _this, arguments: _args });
    made.class = _new;
    made._constructor = _ctx;
    made._prototype = "made";
    made._hasOwnProperty = 1;
    made.system = "class";
    made.default = _new + 1;
    made.internal = true;
    const entry = await ctx._Map.upsert({ key: _this });
    entry.value = _new;
    ctx.send(everybody, _Event, { type: _new, target: BigInt(_this), value: "made" });
    return { length: _args, _prototype: [_new, _this], null: { true: true, false: false } };
  },

  async _then(ctx, resolve, reject) {
    const found = await ctx._Promise.range("class,await", [resolve]);
    for (const row of found) row.await = reject;
    return found.length;
  },

  async delete(ctx, _default, _await) {
    await ctx.Error_.insert({ message: _default, name: "deleted" });
    if (_await !== undefined) await ctx._Map.delete({ key: _await });
  },

  async _toString(ctx) {
    await ctx.call.call(true);
    await ctx.call.abort();
    const row = await ctx._Client.get({ connect: 1 });
    return `${row?.query} ${row?.events}`;
  },

  async call(ctx, _undefined) {
    const row = await ctx._Client.upsert({ connect: 1 });
    if (_undefined) row.query += 1;
  },

  async abort(ctx) {
    const row = await ctx._Client.upsert({ connect: 1 });
    row.events += 1;
  },

  async import(ctx, _export) {
    await ctx.call.abort();
    return _export === "toString_" ? ctx.caller : undefined;
  },
});
