import { encodeMessage, readServerFrame, writeCall, writeClockRequest, writeOnce, writeSubscribe, writeUnsubscribe, } from "../wire.js";
import { asHetu1 } from "./hetu1-values.js";
/** Answered by a text frame outside of the order of answers, by every server of hetu.1. */
const SIGN_OF_LIFE = encodeMessage(["motd"]);
/** HeTu's own protocol: everything by name, no session that outlives its link. */
export class Hetu1 {
    name = "hetu.1";
    hasPages = false;
    time = undefined;
    resumed = false;
    token = undefined;
    position = undefined;
    hello() {
        return undefined;
    }
    writeCall(name, args, count) {
        return writeCall(name, asHetu1(args), count);
    }
    writeOnce(id, name, args, count) {
        return writeOnce(id, name, asHetu1(args), count);
    }
    writeSubscribe({ component, index, left, right, limit, desc }) {
        return writeSubscribe({ kind: "range", table: component, index, left, right, limit, desc, force: true });
    }
    writeUnsubscribe(subscription) {
        return writeUnsubscribe(String(subscription));
    }
    writeRead({ component, index }) {
        throw new Error(`hetu.1 cannot read ${component} by ${index} once`);
    }
    writeClockRequest() {
        return writeClockRequest();
    }
    signOfLife() {
        return SIGN_OF_LIFE;
    }
    eventProblem() {
        return undefined;
    }
    read(bytes) {
        const frame = readServerFrame(bytes);
        switch (frame.kind) {
            case "rsp":
                return [{ kind: "result", value: frame.value }];
            case "rej":
                return [{ kind: "rejected", code: frame.code, fields: frame.fields }];
            case "err":
                return [{ kind: "failed", reason: frame.reason }];
            case "sub":
                return frame.subscription === undefined
                    ? [{ kind: "refused", code: undefined, reason: undefined }]
                    : [{ kind: "subscribed", subscription: frame.subscription, rows: frame.rows }];
            case "updt":
                return [{ kind: "updated", updates: [{ subscription: frame.subscription, changes: changesOf(frame.rows) }] }];
            case "evt":
                return [{ kind: "event", name: frame.name, value: frame.value }];
            case "clock":
                return [{ kind: "clock", time: frame.time }];
            case "other":
                return [{ kind: "other" }];
        }
    }
}
function changesOf(changes) {
    const rows = [];
    const gone = [];
    for (const [id, row] of changes) {
        if (row === undefined)
            gone.push(id);
        else
            rows.push(row);
    }
    return { rows, patches: [], gone };
}
