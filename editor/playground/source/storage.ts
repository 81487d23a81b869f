type Key = "files" | "project" | "language" | "theme" | "output";

/** What the browser remembers of the page; nothing where it may not store. */
export function remembered(key: Key): string | undefined {
  try {
    return localStorage.getItem(`hetu.playground.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(`hetu.playground.${key}`, value);
  } catch {
    // A page that may not store, or is full, works as well.
  }
}

export function forget(key: Key): void {
  try {
    localStorage.removeItem(`hetu.playground.${key}`);
  } catch {
    // What was never stored is forgotten.
  }
}
