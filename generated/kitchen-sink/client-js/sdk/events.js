import { Signal } from "./signal.js";
/** What the server sends with `ctx.send`. */
export class Events {
    #signals = new Map();
    #report;
    #problemOf = () => undefined;
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
            this.#complain(event.name);
        }
        // Read for each handler: they never share an object that one of them could change.
        return signal.on((value) => handler(event.read(value)));
    }
    /**
     * A connection has begun. Events that are listened to and cannot come over it are reported.
     * @param problemOf why an event cannot be read.
     */
    begin(problemOf) {
        this.#problemOf = problemOf;
        for (const name of this.#signals.keys())
            this.#complain(name);
    }
    /** An event has come; nobody need care. */
    take(name, value) {
        this.#signals.get(name)?.emit(value);
    }
    #complain(name) {
        const problem = this.#problemOf(name);
        if (problem !== undefined)
            this.#report(problem);
    }
}
