import { ConnectionClosedError, SubscriptionRefusedError } from "../errors.js";
import { Signal } from "../signal.js";
import { parametersKey, Subscription } from "./subscription.js";
/** Milliseconds between two rounds of asking for what was refused. */
const RETRY_SPACING_MS = 1000;
/**
 * All subscriptions of a client: shares them, routes updates to them, ends them at the server when nobody looks any
 * more, and brings them back after a reconnect.
 */
export class Subscriptions {
    onStale;
    onResynced;
    #link;
    #byKey = new Map();
    /** Asked for and not answered yet. */
    #pending = new Set();
    /** Two parameter sets may mean the same to the server, which then gives both the same id. */
    #byServerId = new Map();
    /** Ids that nobody here uses any more and that the server has not been told about, with their source. */
    #unused = new Map();
    /** Restored after a reconnect, and not answered yet: until then all keep what they show. */
    #restoring = new Set();
    #restored = [];
    /** Refused on this link, and not asked for again yet. */
    #refused = new Set();
    #clock;
    #retriedAt = -Infinity;
    #retryTimer;
    #isStale = false;
    #closed;
    constructor(link, clock, report) {
        this.#link = link;
        this.#clock = clock;
        this.onStale = new Signal(report);
        this.onResynced = new Signal(report);
    }
    /** Whether the link has dropped and not everything has been brought up to date since. */
    get isStale() {
        return this.#isStale;
    }
    /** Finds or makes the subscription with these parameters. */
    attach(parameters, observer) {
        const key = parametersKey(parameters);
        // The key has the component's name, so that rows are of the observer's type.
        let subscription = this.#byKey.get(key);
        if (subscription === undefined) {
            subscription = new Subscription(parameters, (settled) => this.#settled(settled));
            this.#byKey.set(key, subscription);
            this.#request(subscription);
        }
        else if (subscription.error !== undefined && !this.#pending.has(subscription)) {
            this.#request(subscription);
        }
        subscription.observers.add(observer);
        return subscription;
    }
    /** The observer looks no more. */
    detach(subscription, observer) {
        if (!subscription.observers.delete(observer) || subscription.observers.size > 0)
            return;
        if (this.#pending.has(subscription)) {
            // An answer under way is waited for: only then its id is known. Who asks again until then finds it here.
            if (!this.#link.withdraw(subscription))
                return;
            this.#pending.delete(subscription);
        }
        this.#forget(subscription);
    }
    /**
     * What came together: all rows are brought up to date, and only then anybody is told. Updates of a subscription that
     * nobody uses any more are still on their way for a while.
     */
    updated(updates) {
        const tells = [];
        for (const { subscription: id, changes } of updates) {
            for (const subscription of this.#byServerId.get(id) ?? [])
                tells.push(subscription.update(changes));
        }
        for (const tell of tells)
            tell();
    }
    /**
     * A call has succeeded: it may have been a login. What was refused is asked for again, at once if that was not done
     * in the last second: a client that calls all the time does not ask all the time.
     */
    called() {
        if (this.#refused.size === 0 || this.#retryTimer !== undefined)
            return;
        const wait = this.#retriedAt + RETRY_SPACING_MS - this.#clock.now();
        if (wait <= 0)
            this.#retryRefused();
        else
            this.#retryTimer = this.#clock.setTimeout(() => this.#retryRefused(), wait);
    }
    /** The link has dropped. */
    lost() {
        this.#forgetRefused();
        this.#byServerId.clear();
        this.#pending.clear();
        this.#unused.clear();
        this.#restoring.clear();
        this.#restored = [];
        const wasStale = this.#isStale;
        this.#isStale = true;
        for (const subscription of [...this.#byKey.values()]) {
            if (subscription.observers.size === 0)
                this.#byKey.delete(subscription.key);
            else
                subscription.lost();
        }
        if (!wasStale)
            this.onStale.emit();
    }
    /** What to send first on a new link. */
    restore() {
        const requests = [...this.#byKey.values()];
        for (const subscription of requests) {
            this.#pending.add(subscription);
            this.#restoring.add(subscription);
        }
        if (requests.length === 0)
            this.#resynced();
        return requests;
    }
    /** No rows will come any more. */
    close(cause) {
        this.#closed = new ConnectionClosedError("live query", cause);
        this.#isStale = true;
        this.#forgetRefused();
        this.#restoring.clear();
        this.#restored = [];
        const subscriptions = [...this.#byKey.values()];
        this.#byKey.clear();
        this.#pending.clear();
        for (const subscription of subscriptions) {
            subscription.lost();
            subscription.refuse(this.#closed);
        }
    }
    #request(subscription) {
        const closed = this.#closed;
        if (closed !== undefined) {
            // Later: the live query that asks has not heard of this subscription yet.
            void Promise.resolve().then(() => subscription.refuse(closed));
        }
        else if (this.#link.enqueue(subscription)) {
            this.#pending.add(subscription);
        }
        // Without a connection, restore() sends it on the next one.
    }
    #retryRefused() {
        const refused = [...this.#refused];
        this.#forgetRefused();
        this.#retriedAt = this.#clock.now();
        for (const subscription of refused)
            if (!this.#pending.has(subscription))
                this.#request(subscription);
    }
    #forgetRefused() {
        this.#refused.clear();
        this.#clock.clearTimeout(this.#retryTimer);
        this.#retryTimer = undefined;
    }
    /** A subscription has its answer, or has failed. */
    #settled(subscription) {
        this.#pending.delete(subscription);
        if (mayPass(subscription.error))
            this.#refused.add(subscription);
        else
            this.#refused.delete(subscription);
        const { serverId } = subscription;
        if (serverId !== undefined) {
            const sharing = this.#byServerId.get(serverId) ?? new Set();
            this.#byServerId.set(serverId, sharing.add(subscription));
            this.#unused.delete(serverId);
        }
        const wasRestoring = this.#restoring.delete(subscription);
        if (subscription.observers.size === 0)
            this.#forget(subscription);
        else if (wasRestoring)
            this.#restored.push(subscription);
        else
            subscription.show();
        if (subscription.error !== undefined)
            this.#release(subscription);
        if (wasRestoring && this.#restoring.size === 0)
            this.#showRestored();
        this.#endUnused();
    }
    /** Brings all restored subscriptions up to date, and only then tells of the differences. */
    #showRestored() {
        const restored = this.#restored;
        this.#restored = [];
        for (const tell of restored.map((subscription) => subscription.replace()))
            tell();
        this.#resynced();
    }
    #resynced() {
        if (!this.#isStale)
            return;
        this.#isStale = false;
        this.onResynced.emit();
    }
    #forget(subscription) {
        this.#byKey.delete(subscription.key);
        this.#refused.delete(subscription);
        this.#release(subscription);
        if (this.#restoring.delete(subscription) && this.#restoring.size === 0)
            this.#showRestored();
    }
    /** The subscription wants no more updates. */
    #release(subscription) {
        const { serverId } = subscription;
        if (serverId === undefined)
            return;
        subscription.serverId = undefined;
        const sharing = this.#byServerId.get(serverId);
        sharing?.delete(subscription);
        if (sharing !== undefined && sharing.size > 0)
            return;
        this.#byServerId.delete(serverId);
        this.#unused.set(serverId, subscription.source);
        this.#endUnused();
    }
    /**
     * Tells the server what is not needed any more, unless a question is under way that it may answer with the same id:
     * it would end that one too.
     */
    #endUnused() {
        for (const [serverId, source] of this.#unused) {
            if ([...this.#pending].some((pending) => pending.source === source))
                continue;
            this.#unused.delete(serverId);
            this.#link.unsubscribe(serverId);
        }
    }
}
/** A query that is impossible stays so until the server is another one. */
const LASTING = new Set(["UNKNOWN_COMPONENT", "UNKNOWN_INDEX", "BAD_BOUND"]);
/** Whether a query that was refused may be accepted on the same connection later. */
function mayPass(error) {
    return error instanceof SubscriptionRefusedError && !LASTING.has(error.refusal);
}
