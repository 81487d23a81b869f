/** A watch where the platform can tell, else one that does nothing. */
export function leakWatch() {
    const Finalization = globalThis.FinalizationRegistry;
    if (Finalization === undefined)
        return { watch: () => undefined, unwatch: () => undefined };
    const registry = new Finalization((leaked) => leaked());
    return {
        watch: (query, leaked) => registry.register(query, leaked, query),
        unwatch: (query) => registry.unregister(query),
    };
}
