/** Notices live queries that nobody can end any more because they were garbage collected. */
export interface LeakWatch {
  watch(query: object, leaked: () => void): void;
  unwatch(query: object): void;
}

interface Registry {
  register(target: object, heldValue: () => void, token: object): void;
  unregister(token: object): void;
}

/** A watch where the platform can tell, else one that does nothing. */
export function leakWatch(): LeakWatch {
  const Finalization = (
    globalThis as { readonly FinalizationRegistry?: new (run: (held: () => void) => void) => Registry }
  ).FinalizationRegistry;
  if (Finalization === undefined) return { watch: () => undefined, unwatch: () => undefined };
  const registry = new Finalization((leaked) => leaked());
  return {
    watch: (query, leaked) => registry.register(query, leaked, query),
    unwatch: (query) => registry.unregister(query),
  };
}
