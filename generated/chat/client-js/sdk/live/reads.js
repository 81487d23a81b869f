import { ConnectionClosedError, FetchTimeoutError, SubscriptionRefusedError } from "../errors.js";
/** Queries that are asked once. Reading changes nothing, so what a lost link has left unanswered is asked again. */
export class Reads {
    #link;
    #subscriptions;
    #clock;
    #timeoutMs;
    constructor(link, subscriptions, settings) {
        this.#link = link;
        this.#subscriptions = subscriptions;
        this.#clock = settings.clock;
        this.#timeoutMs = settings.callTimeoutMs;
    }
    read(parameters, options) {
        const source = `${parameters.component.name}.${parameters.index.name}`;
        return new Promise((resolve, reject) => {
            const { signal } = options;
            const fail = reject;
            if (signal?.aborted === true) {
                fail(signal.reason);
                return;
            }
            /** Ends what is under way; replaced with each attempt. */
            let withdraw = () => undefined;
            const settle = (run) => {
                stop();
                this.#clock.clearTimeout(timer);
                signal?.removeEventListener("abort", onAbort);
                withdraw();
                run();
            };
            const outcome = {
                page: (page) => settle(() => resolve(page)),
                fail: (error) => settle(() => fail(error)),
            };
            const onAbort = () => settle(() => fail(signal?.reason));
            const look = ({ status, error }) => {
                if (status === "closed")
                    outcome.fail(new ConnectionClosedError(`the fetch of ${source}`, error));
                if (status !== "connected")
                    return;
                withdraw();
                withdraw = this.#ask(parameters, options, outcome);
            };
            const timer = this.#timeoutMs === Infinity
                ? undefined
                : this.#clock.setTimeout(() => {
                    outcome.fail(new FetchTimeoutError(source, this.#timeoutMs, this.#link.state().status));
                }, this.#timeoutMs);
            signal?.addEventListener("abort", onAbort);
            const stop = this.#link.onState(look);
            look(this.#link.state());
        });
    }
    /** @returns what withdraws it. */
    #ask(parameters, options, outcome) {
        if (this.#link.protocol()?.hasPages === true) {
            const request = new ReadRequest(parameters, options, outcome);
            this.#link.enqueue(request);
            return () => {
                this.#link.withdraw(request);
            };
        }
        const { component, index } = parameters;
        if (options.after !== undefined) {
            outcome.fail(new SubscriptionRefusedError(component.name, index.name, "BAD_BOUND", "hetu.1 has no pages"));
            return () => undefined;
        }
        return this.#subscribeOnce(parameters, outcome);
    }
    /** Shares the subscription with live queries of the same parameters. */
    #subscribeOnce(parameters, outcome) {
        const observer = {
            onCurrent: () => outcome.page({ rows: subscription.rows.view, count: undefined, next: undefined }),
            onChanges: () => undefined,
            onStale: () => undefined,
            onFailure: (error) => outcome.fail(error),
        };
        const subscription = this.#subscriptions.attach(parameters, observer);
        if (subscription.isCurrent)
            void Promise.resolve().then(() => observer.onCurrent());
        return () => this.#subscriptions.detach(subscription, observer);
    }
}
class ReadRequest {
    answer = "page";
    #parameters;
    #options;
    #outcome;
    constructor(parameters, options, outcome) {
        this.#parameters = parameters;
        this.#options = options;
        this.#outcome = outcome;
    }
    frame(protocol) {
        const { component, index, ...range } = this.#parameters;
        const { after, count = false } = this.#options;
        return protocol.writeRead({ ...range, component: component.name, index: index.name, after, count });
    }
    sent() {
        // Nothing to note: who reads is told of a page or a failure.
    }
    unsendable(error) {
        this.#outcome.fail(error);
    }
    answered(message) {
        const { component, index } = this.#parameters;
        if (message.kind === "refused") {
            this.#outcome.fail(new SubscriptionRefusedError(component.name, index.name, message.code, message.reason));
        }
        else if (message.kind === "page") {
            try {
                const rows = Object.freeze(message.rows.map((record) => component.read(record)));
                // A view of the message; the application keeps it.
                this.#outcome.page({ rows, count: message.count, next: message.next?.slice() });
            }
            catch (error) {
                this.#outcome.fail(error);
            }
        }
    }
}
