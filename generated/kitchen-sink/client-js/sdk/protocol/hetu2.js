import { WireError } from "../wire.js";
import * as hetu2 from "../wire-hetu2.js";
import { SchemaMap } from "./schema-map.js";
/** The protocol of this project's server: numbers for names, rows as arrays, sessions that outlive their links. */
export class Hetu2 {
    name = "hetu.2";
    hasPages = true;
    #wire;
    #resume;
    #schema;
    #welcome;
    #position;
    /** Components of the queries that were sent and not answered yet: their answers come in order. */
    #asked = [];
    #subscribed = new Map();
    /** @param resume `undefined`: a new session. */
    constructor(wire, resume) {
        this.#wire = wire;
        this.#resume = resume;
        this.#schema = new SchemaMap(wire.description);
    }
    get time() {
        return this.#welcome?.time;
    }
    get resumed() {
        return this.#welcome?.resumed === true;
    }
    get token() {
        return this.#welcome?.token;
    }
    get position() {
        return this.#position;
    }
    hello() {
        return hetu2.writeHello({ fingerprint: hetu2.fingerprintBytes(this.#wire.fingerprint), resume: this.#resume });
    }
    writeCall(name, args, count) {
        return hetu2.writeCall(this.#schema.callable(name), args, count);
    }
    writeOnce(id, name, args, count) {
        return hetu2.writeOnce(this.#schema.callable(name), id, args, count);
    }
    writeSubscribe(query, held) {
        const [map, numbered] = this.#number(query);
        this.#asked.push(map);
        return hetu2.writeSubscribe({ ...numbered, held });
    }
    writeUnsubscribe(subscription) {
        this.#subscribed.delete(subscription);
        return hetu2.writeUnsubscribe(Number(subscription));
    }
    writeRead({ after, count, ...query }) {
        const [map, numbered] = this.#number(query);
        this.#asked.push(map);
        return hetu2.writeRead({ ...numbered, after, count });
    }
    writeClockRequest() {
        return hetu2.writeClockRequest();
    }
    signOfLife() {
        return hetu2.writePing();
    }
    eventProblem(name) {
        return this.#schema.eventProblem(name);
    }
    read(bytes) {
        return hetu2.readServerFrames(bytes).map((frame) => this.#message(frame));
    }
    #message(frame) {
        if (this.#welcome === undefined)
            return this.#begin(frame);
        switch (frame.kind) {
            case "result":
            case "clock":
            case "other":
                return frame;
            case "refused":
                this.#asked.shift();
                return frame;
            case "rejection": {
                const { code, fields } = frame;
                const name = typeof code === "number" ? (this.#schema.errorName(code) ?? `ERROR_${code}`) : code;
                return { kind: "rejected", code: name, fields };
            }
            case "failure":
                return { kind: "failed", reason: frame.reason };
            case "page":
                return { ...frame, rows: rowsOf(this.#answered(), frame.rows) };
            case "subscribed": {
                const map = this.#begun(frame);
                return { kind: "subscribed", subscription: frame.subscription, rows: rowsOf(map, frame.rows) };
            }
            case "caughtUp": {
                const map = this.#begun(frame);
                return { kind: "caughtUp", subscription: frame.subscription, changes: changesOf(map, frame.delta) };
            }
            case "update":
                this.#position = frame.position;
                return { kind: "updated", updates: frame.changes.flatMap((change) => this.#update(change)) };
            case "event":
                return this.#event(frame.event, frame.value);
            case "welcome":
                throw new WireError("a second welcome");
            case "pong":
                return { kind: "other" };
        }
    }
    #begin(frame) {
        if (frame.kind === "other")
            return frame;
        if (frame.kind !== "welcome")
            throw new WireError(`a ${frame.kind} before the welcome`);
        this.#welcome = frame;
        if (frame.description !== undefined)
            this.#schema = new SchemaMap(this.#wire.description, frame.description);
        return { kind: "welcome" };
    }
    /** A subscription has its number. */
    #begun({ subscription, position }) {
        const map = this.#answered();
        this.#position = position;
        this.#subscribed.set(subscription, map);
        return map;
    }
    #answered() {
        const map = this.#asked.shift();
        if (map === undefined)
            throw new WireError("rows that nobody has asked for");
        return map;
    }
    /** Nothing when the subscription was ended meanwhile. */
    #update({ subscription, delta }) {
        const map = this.#subscribed.get(subscription);
        return map === undefined ? [] : [{ subscription, changes: changesOf(map, delta) }];
    }
    #event(event, value) {
        const name = typeof event === "number" ? this.#schema.eventName(event) : event;
        // One that differs was reported when the session began.
        if (name === undefined || this.#schema.eventProblem(name) !== undefined)
            return { kind: "other" };
        return { kind: "event", name, value };
    }
    #number({ component, index, left, right, limit, desc }) {
        const copy = component.indexOf(":");
        const name = copy < 0 ? component : component.slice(0, copy);
        const map = this.#schema.component(name);
        const query = {
            component: copy < 0 ? map.number : component,
            index: this.#schema.index(name, index),
            left,
            right: right === left ? null : right,
            limit,
            desc,
        };
        return [map, query];
    }
}
function rowsOf({ columns }, rows) {
    if (columns === undefined)
        return rows;
    return rows.map((row) => [row[0], ...columns.map((position) => row[position + 1])]);
}
function changesOf(map, { updates, inserts, deletes }) {
    const patches = updates.map(({ id, mask, values }) => {
        const columns = [];
        const known = [];
        let at = 0;
        for (let position = 0; position < hetu2.MASK_COLUMNS; position++) {
            if ((mask & (1 << position)) === 0)
                continue;
            const own = map.columns === undefined ? position : map.columns.indexOf(position);
            // A column that only the server knows of.
            if (own >= 0) {
                columns.push(own);
                known.push(values[at]);
            }
            at++;
        }
        return { id, columns, values: known };
    });
    return { rows: rowsOf(map, inserts), patches, gone: deletes };
}
