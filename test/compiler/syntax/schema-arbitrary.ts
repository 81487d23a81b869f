import fc from "fast-check";

/**
 * A piece of schema text: a token, or a place before which no line break may stand, or one where a line has to end.
 * `layOut` puts white space and comments between them.
 */
type Piece = string | typeof SAME_LINE | typeof NEW_LINE;

const SAME_LINE = Symbol("same line");
const NEW_LINE = Symbol("new line");

const words = ["a", "zone", "x2", "index", "system", "uses", "enum", "error", "session", "ctx", "Shop_"];
const name = fc.constantFrom(...words);
// Behind the keyword of a clause or in a list of names a keyword would be the next clause.
const plainName = fc.constantFrom("Position", "Inventory", "pay", "b_1");
const reference = fc.oneof(
  plainName.map((word) => [word]),
  plainName.map((word) => ["shop", ".", word]),
);

const number = fc.constantFrom("0", "7", "-12", "0x1F", "1.5", "-2e-3", "18446744073709551615");
const text = fc.constantFrom('""', '"x"', '"a \\" \\u{1F600} // no"');
const duration = fc.constantFrom("5s", "500ms", "7d");
const value = fc.oneof(
  number.map((token) => [token]),
  text.map((token) => [token]),
  reference,
);

const rule = fc
  .tuple(plainName, fc.constantFrom("==", "!=", "<", ">="), plainName)
  .map(([column, operator, member]) => [column, operator, "ctx", ".", member]);
const argument = fc.oneof(
  value,
  duration.map((token) => [token]),
  rule,
  fc.tuple(name, value).map(([word, given]) => [word, ":", ...given]),
);

function separated(items: readonly Piece[][], trailing: boolean): Piece[] {
  const pieces = items.flatMap((item, index) => (index === 0 ? item : [",", ...item]));
  return trailing && items.length > 0 ? [...pieces, ","] : pieces;
}

const attribute = fc
  .tuple(plainName, fc.option(fc.tuple(fc.array(argument, { maxLength: 3 }), fc.boolean())))
  .map(([word, list]): Piece[] => {
    return ["@", SAME_LINE, word, ...(list === null ? [] : ["(", ...separated(list[0], list[1]), ")"])];
  });

const type = fc
  .tuple(reference, fc.boolean(), fc.nat(2))
  .map(([named, sized, dimensions]): Piece[] => [
    ...named,
    ...(sized ? ["(", "32", ")"] : []),
    ...Array.from({ length: dimensions }, () => ["[", "]"]).flat(),
  ]);

const memberAttributes = fc
  .array(attribute, { maxLength: 2 })
  .map((list) => list.flatMap((pieces): Piece[] => [SAME_LINE, ...pieces]));

const field = fc
  .tuple(name, fc.boolean(), type, fc.option(value), memberAttributes)
  .map(([word, optional, of, given, attributes]): Piece[] => [
    word,
    ...(optional ? ["?"] : []),
    ":",
    ...of,
    ...(given === null ? [] : ["=", ...given]),
    ...attributes,
  ]);

const enumValue = fc
  .tuple(plainName, fc.option(number), memberAttributes)
  .map(([word, given, attributes]): Piece[] => [word, ...(given === null ? [] : ["=", given]), ...attributes]);

function body(member: fc.Arbitrary<Piece[]>): fc.Arbitrary<Piece[]> {
  return fc
    .array(fc.tuple(member, fc.boolean()), { maxLength: 4 })
    .map((members) => ["{", ...members.flatMap(([pieces, comma]) => (comma ? [...pieces, ","] : pieces)), "}"]);
}

const callReference = fc
  .tuple(reference, fc.option(plainName))
  .map(([system, suffix]): Piece[] => (suffix === null ? system : [...system, ":", suffix]));

const clauses = fc
  .tuple(
    fc.shuffledSubarray(["uses", "calls", "rejects", "emits"]),
    fc.array(callReference, { minLength: 4, maxLength: 6 }),
    fc.array(reference, { minLength: 4, maxLength: 6 }),
  )
  .map(([keywords, calls, references]): Piece[] =>
    keywords.flatMap((word, index) => [
      word,
      ...separated((word === "calls" ? calls : references).slice(index), false),
    ]),
  );

const callable = fc
  .tuple(
    fc.constantFrom("system", "endpoint"),
    plainName,
    fc.array(field, { maxLength: 3 }),
    fc.boolean(),
    fc.option(fc.tuple(type, fc.boolean())),
    clauses,
  )
  .map(([keyword, word, params, comma, result, tail]): Piece[] => [
    keyword,
    word,
    "(",
    ...separated(params, comma),
    ")",
    ...(result === null ? [] : [":", ...result[0], ...(result[1] ? ["?"] : [])]),
    ...tail,
  ]);

const record = fc
  .tuple(fc.constantFrom("component", "struct", "error", "event"), plainName, body(field))
  .map(([keyword, word, fields]): Piece[] => [keyword, word, ...fields]);

const enumeration = fc
  .tuple(plainName, fc.option(fc.constantFrom("u8", "i32")), body(enumValue))
  .map(([word, base, values]): Piece[] => ["enum", word, ...(base === null ? [] : [":", base]), ...values]);

const session = body(field).map((fields): Piece[] => ["session", ...fields]);

const declaration = fc
  .tuple(fc.array(attribute, { maxLength: 2 }), fc.oneof(record, enumeration, session, callable))
  .map(([attributes, rest]): Piece[] => [NEW_LINE, ...attributes.flat(), ...rest]);

const between = fc.constantFrom(
  "",
  "",
  "",
  " ",
  "\n",
  "\n\n\n",
  "\t",
  "/* c */",
  "/* 1\n  2 */",
  "// c\n",
  "\n// own\n",
  "\n/// doc\n",
);
const onOneLine = fc.constantFrom("", "", " ", "  ", "/* c */", " /* d */ ");

/** Texts without syntax errors, laid out in every way, with comments at every place. */
export const schemaText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(declaration, { maxLength: 5 }),
    fc.array(between, { minLength: 1, maxLength: 60 }),
    fc.array(onOneLine, { minLength: 1, maxLength: 10 }),
  )
  .map(([declarations, gaps, sameLineGaps]) => {
    const pieces: Piece[] = ["namespace", SAME_LINE, "shop", ...declarations.flat()];
    let out = "";
    let sameLine = false;
    pieces.forEach((piece, index) => {
      if (piece === NEW_LINE) {
        out += "\n";
        return;
      }
      if (piece === SAME_LINE) {
        sameLine = true;
        return;
      }
      const choice = sameLine ? sameLineGaps : gaps;
      const gap = choice[index % choice.length] ?? "";
      sameLine = false;
      const glued = /[A-Za-z0-9_.]$/.test(out) && /^[A-Za-z0-9_.-]/.test(piece) && gap === "";
      out += (glued ? " " : gap) + piece;
    });
    return `${out}${gaps[0] ?? ""}`;
  });

/** What schemas are made of, for texts that are mostly wrong. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...words,
      ...[
        "namespace",
        "component",
        "struct",
        "event",
        "endpoint",
        "calls",
        "rejects",
        "emits",
        "string",
        "B",
        "é",
        "_x",
      ],
      ...["{", "}", "(", ")", "[", "]", ":", ",", ".", "?", "@", "=", "==", "<", "5", "5s", "1_0", "-", "#", ";"],
      ...['"x"', '"x', '"\\q"', "/* c */", "/*", "// c\n", "/// d\n", "\n", "\n", "\n", " "],
    ),
    { maxLength: 60 },
  )
  .map((tokens) => tokens.join(" "));
