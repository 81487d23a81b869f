/** A variable without a default that the environment does not set. */
export interface MissingVariable {
  readonly path: readonly (string | number)[];
  readonly variable: string;
}

const REFERENCE = /\$(\$|\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in all texts of a value; `$$` is a dollar sign. As in a shell, the default
 * also stands in for an empty variable.
 */
export function interpolate(
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  missing: MissingVariable[],
  path: readonly (string | number)[] = [],
): unknown {
  if (typeof value === "string") {
    return value.replace(REFERENCE, (_all, kind: string, name: string | undefined, fallback: string | undefined) => {
      if (kind === "$" || name === undefined) return "$";
      const found = environment[name];
      if (found !== undefined && (found !== "" || fallback === undefined)) return found;
      if (fallback !== undefined) return fallback;
      missing.push({ path, variable: name });
      return "";
    });
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => interpolate(item, environment, missing, [...path, index]));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, interpolate(item, environment, missing, [...path, key])]),
    );
  }
  return value;
}
