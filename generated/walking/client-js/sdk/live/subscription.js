import { SchemaMismatchError, SubscriptionRefusedError } from "../errors.js";
import { changeBetween, inOrder } from "./change.js";
import { RowSet } from "./row-set.js";
/** The same for equal parameters; what the server would tell apart differs. */
export function parametersKey(parameters) {
    const { component, index, left, right, limit, desc } = parameters;
    const plain = (_key, value) => typeof value === "bigint"
        ? `${value}n`
        : typeof value === "number" && !Number.isFinite(value)
            ? String(value)
            : value;
    return JSON.stringify([component.name, index.name, left, right, limit, desc], plain);
}
/** Rows whose ids are told after a resume, at 9 bytes each: more than a message may hold are asked for as a whole. */
const MAX_HELD = 20_000;
/**
 * One subscription at the server and the rows that it gives, shared by all live queries with the same parameters.
 */
export class Subscription {
    answer = "subscription";
    key;
    /** Component and index. */
    source;
    parameters;
    observers = new Set();
    rows;
    /** The id that the server gave; `undefined` while it gives no updates. */
    serverId;
    /** Whether `rows` are known to be what the server has. */
    isCurrent = false;
    error;
    #compare;
    /** The answer has come, or what came cannot be read. */
    #settled;
    /** Whether `rows` are an answer of the server: a session that is resumed can tell what has changed since. */
    #hasRows = false;
    /** After a reconnect: what will replace `rows` once all subscriptions have been restored. */
    #restored;
    constructor(parameters, settled) {
        const { index } = parameters;
        this.parameters = parameters;
        this.key = parametersKey(parameters);
        this.source = `${parameters.component.name}.${parameters.index.name}`;
        this.#compare = parameters.desc ? (a, b) => index.compare(b, a) : (a, b) => index.compare(a, b);
        this.rows = new RowSet(this.#compare);
        this.#settled = settled;
    }
    frame(protocol) {
        const { component, index, ...range } = this.parameters;
        const isKnown = protocol.resumed && this.#hasRows && this.rows.size <= MAX_HELD;
        const held = isKnown ? this.rows.ids : undefined;
        return protocol.writeSubscribe({ ...range, component: component.name, index: index.name }, held);
    }
    sent() {
        // Nothing to note: it counts as pending from the moment in which it was asked for.
    }
    unsendable(error) {
        this.#fail(error);
        this.#settled(this);
    }
    answered(message) {
        try {
            if (message.kind === "subscribed") {
                this.serverId = message.subscription;
                this.#restored = new Map();
                this.#change(this.#restored, { rows: message.rows, patches: [], gone: [] });
            }
            else if (message.kind === "caughtUp") {
                this.serverId = message.subscription;
                this.#restored = new Map(this.rows.view.map((row) => [row.id, row]));
                this.#change(this.#restored, message.changes);
            }
            else if (message.kind === "refused") {
                const { component, index } = this.parameters;
                throw new SubscriptionRefusedError(component.name, index.name, message.code, message.reason);
            }
            this.error = undefined;
        }
        catch (error) {
            this.#fail(error);
        }
        this.#settled(this);
    }
    /**
     * An update from the server.
     * @returns what tells the observers: all rows of a transaction are seen before anybody is told.
     */
    update(changes) {
        if (this.error !== undefined)
            return () => undefined;
        try {
            if (this.#restored !== undefined) {
                this.#change(this.#restored, changes);
                return () => undefined;
            }
            const applied = this.#apply(changes);
            return () => this.#tell(applied);
        }
        catch (error) {
            this.#fail(error);
            const tell = this.replace();
            return () => {
                tell();
                this.#settled(this);
            };
        }
    }
    /** The link has dropped. */
    lost() {
        const wasCurrent = this.isCurrent;
        this.serverId = undefined;
        this.isCurrent = false;
        this.#restored = undefined;
        if (wasCurrent)
            for (const observer of [...this.observers])
                observer.onStale();
    }
    /**
     * Puts the snapshot that has come in the place of the rows.
     * @returns what tells the observers: all subscriptions are brought up to date before the first one is told.
     */
    replace() {
        const restored = this.#restored;
        if (restored === undefined)
            return () => undefined;
        this.#restored = undefined;
        const changes = [];
        const rows = [];
        for (const old of this.rows.view) {
            if (restored.has(old.id))
                continue;
            changes.push({ kind: "delete", row: undefined, old });
        }
        for (const row of restored.values()) {
            const old = this.rows.get(row.id);
            const change = changeBetween(old, row, (a, b) => this.parameters.component.same(a, b));
            if (change !== undefined)
                changes.push(change);
            // A row that has not changed stays the same object.
            rows.push(change === undefined && old !== undefined ? old : row);
        }
        if (changes.length > 0)
            this.rows.replace(rows);
        const { error } = this;
        this.isCurrent = error === undefined;
        this.#hasRows = this.isCurrent;
        return () => {
            this.#tell(inOrder(changes, this.#compare));
            for (const observer of [...this.observers]) {
                if (error === undefined)
                    observer.onCurrent();
                else
                    observer.onFailure(error);
            }
        };
    }
    /** {@link replace}, and tells at once. */
    show() {
        this.replace()();
    }
    /** Fails all observers; what they show stays as it is. */
    refuse(error) {
        for (const observer of [...this.observers])
            observer.onFailure(error);
    }
    /** Nothing that was shown is to be seen any more. */
    #fail(error) {
        this.error = error;
        this.isCurrent = false;
        this.#restored = new Map();
    }
    /** Brings rows up to date that nobody sees yet. */
    #change(rows, changes) {
        for (const [id, row] of this.#decode(changes, (known) => rows.get(known))) {
            if (row === undefined)
                rows.delete(id);
            else
                rows.set(id, row);
        }
    }
    #apply(changes) {
        const applied = [];
        for (const [id, row] of this.#decode(changes, (known) => this.rows.get(known))) {
            const change = changeBetween(this.rows.get(id), row, (a, b) => this.parameters.component.same(a, b));
            if (change === undefined)
                continue;
            applied.push(change);
            if (row === undefined)
                this.rows.delete(id);
            else
                this.rows.set(row);
        }
        return inOrder(applied, this.#compare);
    }
    /** All of it, before any of it is applied. @throws SchemaMismatchError */
    #decode(changes, rowOf) {
        const { component } = this.parameters;
        const decoded = new Map(changes.gone.map((id) => [id, undefined]));
        for (const record of changes.rows) {
            const row = component.read(record);
            decoded.set(row.id, row);
        }
        for (const patch of changes.patches) {
            const old = decoded.get(patch.id) ?? rowOf(patch.id);
            if (old === undefined)
                throw new SchemaMismatchError(component.name, `has no row ${patch.id} that changes`);
            decoded.set(patch.id, component.patch(old, patch));
        }
        return decoded;
    }
    #tell(changes) {
        if (changes.length === 0)
            return;
        for (const observer of [...this.observers])
            observer.onChanges(changes);
    }
}
