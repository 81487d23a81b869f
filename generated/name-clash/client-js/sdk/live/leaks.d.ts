/** Notices live queries that nobody can end any more because they were garbage collected. */
export interface LeakWatch {
    watch(query: object, leaked: () => void): void;
    unwatch(query: object): void;
}
/** A watch where the platform can tell, else one that does nothing. */
export declare function leakWatch(): LeakWatch;
