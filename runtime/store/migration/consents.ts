import { nearestName } from "../../config/nearest.js";

/** Losses that the user has allowed by name. */
export interface Consents {
  /** `Component` or `Component.column`, as the stored schema calls them. */
  readonly drop: ReadonlySet<string>;
  /** What values become that have no like in a column's new type, by `Component.column` of the new schema. */
  readonly convert: ReadonlyMap<string, "default" | "clamp">;
  /** Migrations that are not run. */
  readonly skip: ReadonlySet<string>;
}

export const NO_CONSENTS: Consents = { drop: new Set(), convert: new Map(), skip: new Set() };

/** Options that name nothing, or something in the wrong way. */
export class ConsentError extends Error {
  override readonly name = "ConsentError";
}

/**
 * @param drop each `Component` or `Component.column`.
 * @param convertLossy each `Component.column=default` or `=clamp`.
 * @param skip names of migrations.
 * @throws ConsentError
 */
export function parseConsents(
  drop: readonly string[] = [],
  convertLossy: readonly string[] = [],
  skip: readonly string[] = [],
): Consents {
  const convert = new Map<string, "default" | "clamp">();
  for (const each of convertLossy) {
    const [, column, how] = /^([^=]+\.[^=]+)=(default|clamp)$/.exec(each) ?? [];
    if (column === undefined) {
      throw new ConsentError(
        `--convert-lossy is ${JSON.stringify(each)}: write Component.column=default, for the column's default, or ` +
          "Component.column=clamp, for the nearest value",
      );
    }
    convert.set(column, how as "default" | "clamp");
  }
  return { drop: new Set(drop), convert, skip: new Set(skip) };
}

/** @param options as problems have them: `--drop Guild`. */
export function consentsOf(options: readonly string[]): Consents {
  const after = (name: string): string[] =>
    options.flatMap((option) => (option.startsWith(`${name} `) ? [option.slice(name.length + 1)] : []));
  return parseConsents(after("--drop"), after("--convert-lossy"), after("--skip"));
}

/** As they are typed, each with its value: `--drop Guild`. The reverse of {@link consentsOf}. */
export function optionsOf({ drop, convert, skip }: Consents): readonly string[] {
  return [
    ...[...drop].map((name) => `--drop ${name}`),
    ...[...convert].map(([column, how]) => `--convert-lossy ${column}=${how}`),
    ...[...skip].map((name) => `--skip ${name}`),
  ];
}

/** An option that allows what does not happen. */
export interface UnusedConsent {
  /** `--drop User.nam` */
  readonly option: string;
  /** One that might have been meant. */
  readonly meant: string | undefined;
}

/** Names what was allowed and has been needed, so that a slip of the pen is noticed. */
export class ConsentUse {
  readonly #consents: Consents;
  readonly #used = new Set<string>();
  /** What might be allowed, by the options. */
  readonly #known = { drop: new Set<string>(), convert: new Set<string>(), skip: new Set<string>() };

  constructor(consents: Consents) {
    this.#consents = consents;
  }

  /** Whether one of these names may be dropped. */
  mayDrop(...names: readonly string[]): boolean {
    for (const name of names) this.#known.drop.add(name);
    const found = names.filter((name) => this.#consents.drop.has(name));
    for (const name of found) this.#used.add(`--drop ${name}`);
    return found.length > 0;
  }

  /** What becomes of values of a column that do not fit. */
  conversion(...names: readonly string[]): "default" | "clamp" | undefined {
    for (const name of names) this.#known.convert.add(name);
    for (const name of names) {
      const found = this.#consents.convert.get(name);
      if (found === undefined) continue;
      this.#used.add(`--convert-lossy ${name}=${found}`);
      return found;
    }
    return undefined;
  }

  maySkip(migration: string): boolean {
    this.#known.skip.add(migration);
    if (!this.#consents.skip.has(migration)) return false;
    this.#used.add(`--skip ${migration}`);
    return true;
  }

  /** Options that nothing has asked for. */
  get unused(): readonly UnusedConsent[] {
    const { drop, convert, skip } = this.#consents;
    const all: readonly (readonly [string, string, string, ReadonlySet<string>])[] = [
      ...[...drop].map((name) => ["--drop", name, "", this.#known.drop] as const),
      ...[...convert].map(([name, how]) => ["--convert-lossy", name, `=${how}`, this.#known.convert] as const),
      ...[...skip].map((name) => ["--skip", name, "", this.#known.skip] as const),
    ];
    return all.flatMap(([option, name, how, known]) => {
      const written = `${option} ${name}${how}`;
      if (this.#used.has(written)) return [];
      const open = [...known].filter((each) => each !== name && !this.#used.has(`${option} ${each}${how}`));
      const meant = nearestName(name, open);
      return [{ option: written, meant: meant === undefined ? undefined : `${option} ${meant}${how}` }];
    });
  }
}
