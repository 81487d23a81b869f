const COMPONENTS_OF_A_FILE = 50;
/** Systems of one group share components, those of different groups do not: clusters as a real game has them. */
const GROUP = 10;

/**
 * The files of a schema in one namespace, by path: 20 files make 1,000 components and 1,000 systems.
 *
 * Each component has five columns, two indexes and a doc comment; each system two parameters and two components, every
 * tenth one a call, a typed error and a result besides.
 */
export function largeSchema(files: number): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (let file = 0; file < files; file += 1) {
    const numbers = Array.from({ length: COMPONENTS_OF_A_FILE }, (_, at) => file * COMPONENTS_OF_A_FILE + at);
    const text = ["namespace big", "", ...numbers.flatMap(component), ...numbers.flatMap(system)].join("\n");
    texts[`schema/part_${String(file).padStart(2, "0")}.hetu`] = `${text}\n`;
  }
  return texts;
}

function component(number: number): readonly string[] {
  return [
    `enum Kind${number}: u8 { none, small, large = 9 }`,
    "",
    `/// Rows of sort ${number}, one an owner.`,
    `@permission(${number % 3 === 0 ? "owner" : "user"})`,
    "@index(zone, score)",
    `component Thing${number} {`,
    "  owner: i64 @unique",
    "  zone: u16 = 0",
    "  score: f32 = 0 @range(0, 1000)",
    '  name: string(32) = ""',
    `  kind: Kind${number} = small`,
    "}",
    "",
  ];
}

function system(number: number): readonly string[] {
  const first = number - (number % GROUP);
  const next = first + ((number + 1) % GROUP);
  const calling = number % GROUP === 1;
  return [
    ...(calling ? [`error Refused${number} { need: i64, have: i64 }`, ""] : []),
    `/// Changes things of the sorts ${number} and ${next}.`,
    "@permission(user) @limit(times: 20, per: 1s)",
    `system change_${number}(score: f32, name: string(32))${calling ? ": i64" : ""} uses Thing${number}, Thing${next}${
      calling ? ` calls change_${first} rejects Refused${number}` : ""
    }`,
    "",
  ];
}
