/** A queue whose operations take constant time (amortised), `remove` aside. */
export declare class Fifo<T> {
    #private;
    get length(): number;
    push(item: T): void;
    shift(): T | undefined;
    /** Puts items before all others, in their order. */
    prepend(items: readonly T[]): void;
    remove(item: T): boolean;
    /** Empties the queue. */
    drain(): readonly T[];
}
