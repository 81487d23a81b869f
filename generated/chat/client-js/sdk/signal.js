/** Handlers of one kind of notification. */
export class Signal {
    #handlers = new Set();
    #report;
    /** @param report takes what a handler throws; the other handlers run all the same. */
    constructor(report) {
        this.#report = report;
    }
    get size() {
        return this.#handlers.size;
    }
    on(handler) {
        // A function of its own for each registration: the same handler may be registered twice.
        const registered = (...args) => handler(...args);
        this.#handlers.add(registered);
        return () => {
            this.#handlers.delete(registered);
        };
    }
    /** Removes all handlers; those whose turn has not come in an `emit` under way do not run. */
    clear() {
        this.#handlers.clear();
    }
    /** Runs the handlers in the order of their registration. One that was removed meanwhile does not run. */
    emit(...args) {
        for (const handler of [...this.#handlers]) {
            if (!this.#handlers.has(handler))
                continue;
            try {
                handler(...args);
            }
            catch (error) {
                this.#report(error);
            }
        }
    }
}
