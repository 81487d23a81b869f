import { Signal } from "./signal.js";
/** What the server sends with `ctx.send`. */
export class Events {
    #signals = new Map();
    #report;
    /** Made by `connect`. */
    constructor(report) {
        this.#report = report;
    }
    /**
     * Calls the handler for each event of this kind, after the row updates of the same transaction. Events that are
     * sent while the link is down are lost.
     */
    on(event, handler) {
        let signal = this.#signals.get(event.name);
        if (signal === undefined) {
            signal = new Signal(this.#report);
            this.#signals.set(event.name, signal);
        }
        // Read for each handler: they never share an object that one of them could change.
        return signal.on((value) => handler(event.read(value)));
    }
    /** An event has come; nobody need care. */
    take(name, value) {
        this.#signals.get(name)?.emit(value);
    }
}
