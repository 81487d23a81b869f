/** Trailing underscores survive every conversion, so that `name_` stays apart from `name`. */
const TAIL = /_+$/;

/** Names of which the conversion is kept: those of fields come again and again, and in an editor at every key. */
const MOST_KEPT = 20_000;

const kept = new Map<string, string>();

/**
 * A schema name in PascalCase: split at `_`, the first letter of each word capitalised, the rest and trailing
 * underscores kept. `last_seen` gives `LastSeen`, `URL_of` gives `URLOf`, `type_` gives `Type_`.
 */
export function pascalCase(name: string): string {
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const converted = capitalised(name);
  kept.set(name, converted);
  return converted;
}

function capitalised(name: string): string {
  const tail = TAIL.exec(name)?.[0] ?? "";
  const words = name.slice(0, name.length - tail.length).split("_");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("") + tail;
}

/** A schema name in camelCase: as {@link pascalCase}, with the very first letter in lower case. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** A schema name in snake_case, as the language writes fields and systems: `moveTo` gives `move_to`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** Puts `_` before a converted name that is reserved. No schema name starts with `_`, so the result is free. */
export function escapeReserved(name: string, reserved: ReadonlySet<string>): string {
  return reserved.has(name) ? `_${name}` : name;
}
