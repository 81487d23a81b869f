import { readFileSync } from "node:fs";
import fc from "fast-check";

/** A schema with every kind of declaration. */
export const WORLD = readFileSync(new URL("../../fixtures/world/schema/world.hetu", import.meta.url), "utf8");

const WORDS = /@?[A-Za-z_]\w*(?:\([^()\n]*\))?|\d+/g;

/** What may stand in place of a word, so that many results still compile. */
const REPLACEMENTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:i8|i16|i32|i64|u8|u16|u32|u64|f32|f64)$/, ["i32", "i64", "u16", "f64", "bool", "string(16)"]],
  [/^string\(\d+\)$/, ["string(8)", "string(2000)", "i32", "bytes(16)"]],
  [/^@permission\(/, ["@permission(user)", "@permission(admin)", "@permission(everybody)", ""]],
  [/^@(?:index|unique)$/, ["@index", "@unique", ""]],
  [/^@(?:once|volatile|retry|timeout|limit|range)/, [""]],
  [/^(?:red|blue)$/, ["red", "blue", "green"]],
  [/^\d+$/, ["0", "1", "7", "999"]],
];

/** The schema of the tests, and the same with a few words exchanged or lines left out. */
export function mutated(): fc.Arbitrary<readonly [old: string, now: string]> {
  const mutation = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
  return fc.array(mutation, { minLength: 1, maxLength: 3 }).map((mutations) => {
    const now = mutations.reduce((text, [where, which, isLine]) => {
      return isLine ? withoutField(text, where) : withOtherWord(text, where, which);
    }, WORLD);
    return [WORLD, now];
  });
}

function withOtherWord(text: string, where: number, which: number): string {
  const places = [...text.matchAll(WORDS)].flatMap((match) => {
    const [, words] = REPLACEMENTS.find(([pattern]) => pattern.test(match[0])) ?? [];
    return words === undefined ? [] : [{ at: match.index, length: match[0].length, words }];
  });
  const place = places[where % places.length];
  if (place === undefined) return text;
  const word = place.words[which % place.words.length] ?? "";
  return text.slice(0, place.at) + word + text.slice(place.at + place.length);
}

/** Leaves out one field that stands on a line of its own. */
function withoutField(text: string, where: number): string {
  const lines = text.split("\n");
  const fields = lines.flatMap((line, at) => (/^ {2}\w+:/.test(line) ? [at] : []));
  const gone = fields[where % fields.length];
  return lines.filter((_, at) => at !== gone).join("\n");
}
