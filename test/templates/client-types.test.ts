import { expect, it } from "vitest";
import { typeCheck } from "../compiler/emit/type-check.js";

const head = `import { Account, CallRejectedError, connect, exclusive, Inventory, NotEnough, Position, Profile, Shout, Thing } from "../fixtures/world/generated/client-ts/world/index.js";
import type { Cursor, LiveRange, LiveRow, Page } from "../fixtures/world/generated/client-ts/world/index.js";
export const client = connect("ws://127.0.0.1");
`;

/** What the type checker says of statements, by line. */
function complaints(...statements: readonly string[]): readonly (readonly [line: number, code: number])[] {
  const content = `${head}${statements.join("\n")}\nexport { Account, CallRejectedError, connect, exclusive, Inventory, NotEnough, Position, Profile, Shout, Thing };\nexport type { Cursor, LiveRange, LiveRow, Page };\n`;
  const headLines = head.split("\n").length - 1;
  return typeCheck([{ path: "test/templates/typed.ts", content }]).map(({ line, code }) => [line - headLines, code]);
}

it("right code compiles", () => {
  expect(
    complaints(
      'export const near: LiveRange<Position> = client.query(Position).range("x", 0, exclusive(10), { limit: 5, desc: true });',
      'export const zone = client.query(Position).range("zone,x", [1], [1, 0.5]);',
      'export const page: Promise<Page<Position>> = client.query(Position).fetch("zone,x", [1], null, { limit: 5, count: true });',
      "export const next = async (): Promise<Cursor | undefined> => (await page).next; export const count = async (): Promise<number | undefined> => (await page).count;",
      'export const all = client.query(Thing).range("team,f32Value", exclusive(["red"]), null);',
      "export const me: LiveRow<Position> = client.query(Position).get({ owner: 7n });",
      "export const item = client.query(Inventory).get({ owner: 7n, item: 3 });",
      "export const left: Promise<bigint> = client.calls.transfer(1, 2, 3n);",
      "export const who: Promise<bigint | undefined> = client.callsWith({ timeoutMs: 5 }).whoami();",
      "client.events.on(Shout, ({ from, text }) => { const f: bigint = from; const t: string = text; return [f, t]; });",
      'near.onUpdate((row, old) => row.x - old.x); for await (const change of near) if (change.kind === "insert") change.row.id;',
      "try { await left; } catch (error) { if (error instanceof NotEnough) { const need: bigint = error.need; throw need as unknown as Error; } }",
      "try { await left; } catch (error) { if (error instanceof CallRejectedError) { const code: unknown extends typeof error.code ? never : string = error.code; throw new Error(code); } }",
      "export const secret: string | undefined = (null as unknown as Profile).secret; { using row = client.query(Account).get({ id: 1n }); void row; }",
    ),
  ).toStrictEqual([]);
});

const wrong = [
  ["an index that does not exist", 'client.query(Position).range("y", 0);', 2345],
  ["an index over columns in another order", 'client.query(Position).range("x,zone", [0]);', 2345],
  ["a fetch by an index that does not exist", 'client.query(Position).fetch("y");', 2345],
  ["a fetch behind something that is no cursor", 'client.query(Position).fetch("x", 0, 1, { after: "x" });', 2322],
  ["a protocol that does not exist", 'connect("ws://127.0.0.1", { protocols: ["hetu.3"] });', 2820],
  ["a bound of another type", 'client.query(Position).range("x", 0n);', 2345],
  ["an exclusive bound of another type", 'client.query(Position).range("x", exclusive("0"));', 2345],
  ["a composite bound that is no leading part", 'client.query(Position).range("zone,x", [1, 2, 3]);', 2345],
  ["an enum value that does not exist", 'client.query(Thing).range("team", "green");', 2345],
  ["a key that finds more than one row", "client.query(Inventory).get({ owner: 7n });", 2345],
  ["a key of another type", "client.query(Position).get({ owner: 7 });", 2322],
  ["an argument of another type", 'client.calls.moveTo("1", 2);', 2345],
  ["a missing argument", "client.calls.moveTo(1);", 2554],
  ["a number for a 64-bit integer", "client.calls.login(7);", 2345],
  ["a system that nobody may call", "client.calls.pay(1n);", 2339],
  ["a system that only admins may call", "client.calls.wipe();", 2339],
  ["a copy of a component that has none", 'client.query(Inventory.copy("Market"));', 2339],
  ["a column that only admins get", "(null as unknown as Inventory).source;", 2339],
  ["an assignment to a row", "(null as unknown as Position).x = 1;", 2540],
] as const;

const found = complaints(...wrong.map(([, statement]) => statement));

it.each(wrong.map(([name, , code], at) => [name, at + 1, code] as const))("%s is a type error", (_name, line, code) => {
  expect(found.filter(([at]) => at === line)).toStrictEqual([[line, code]]);
});
