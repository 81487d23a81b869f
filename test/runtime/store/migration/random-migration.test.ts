import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConsents } from "../../../../runtime/store/migration/consents.js";
import { UpgradeRefusedError } from "../../../../runtime/store/migration/errors.js";
import type { UpgradeRequest } from "../../../../runtime/store/migration/request.js";
import { LONGER } from "../../../longer.js";
import type { PlainSchema } from "../plain-schema.js";
import { embeddedData, redisData, type Values } from "./migrated-data.js";
import { expectedRow, MISFIT, randomMigration, type RandomMigration } from "./random-migration.js";

/** Allows all that the migration drops, and what it says of conversions that the types call for. */
function request({ lossy }: RandomMigration, dropped: readonly string[], needed: ReadonlySet<string>): UpgradeRequest {
  const convert = Object.entries(lossy).filter(([column]) => needed.has(column));
  return {
    // Some types hold every value of the other one, and nothing is asked then.
    isOneOfSeveral: true,
    consents: parseConsents(
      dropped,
      convert.map(([column, how]) => `${column}=${how}`),
    ),
  };
}

function withoutIds(rows: readonly Values[]): Record<string, unknown>[] {
  return rows.map(({ id: _, ...values }) => values);
}

/** As an upgrade would want it: the options that a plan asks for, of which only those about columns can be foreseen. */
async function allowed(
  plan: (asked: UpgradeRequest) => Promise<{ readonly problems: readonly { readonly allow: readonly string[] }[] }>,
  direction: "up" | "down",
): Promise<string[]> {
  const { problems } = await plan({ direction });
  return problems
    .flatMap(({ allow }) => allow.filter((option) => option.startsWith("--drop")))
    .map((text) => text.slice(7));
}

for (const [name, source, runs] of [
  ["the embedded store", embeddedData, 25],
  ["Redis", redisData, 15],
] as const) {
  describe(`on ${name}, any schema over any rows`, () => {
    const fresh = source();

    it(
      "makes of them what the columns say, refuses what has no like, and goes back to what was",
      { timeout: 600_000 },
      async () => {
        let upgraded = 0;
        await fc.assert(
          fc.asyncProperty(randomMigration, async (migration) => {
            const { before, after, rows, lossy } = migration;
            const data = fresh();
            const table = after.components[0]?.name ?? "";
            await data.insert(before, "Item", rows);
            const stored = withoutIds(await data.rows(before, "Item"));
            const drops = await allowed((asked) => data.plan(after, asked), "up");
            const oldColumns = before.components[0]?.columns ?? [];
            const needed = new Set(
              (after.components[0]?.columns ?? []).flatMap((column) => {
                const from = oldColumns.find(({ name: old }) => old === column.name || old === column.was);
                const isSame = from === undefined || staysAsItIs(from.type, column.type, migration);
                return isSame ? [] : [column.name];
              }),
            );
            const named = Object.fromEntries(Object.entries(lossy).map(([column, how]) => [`${table}.${column}`, how]));
            const asked = request(
              { ...migration, lossy: named },
              drops,
              new Set([...needed].map((column) => `${table}.${column}`)),
            );
            const expected = stored.map((row) => expectedRow(migration, row));
            const isRefused = expected.some((row) => Object.values(row).includes(MISFIT));
            const plan = await data.plan(after, asked);
            if (isRefused) {
              expect(plan.status).toBe("refused");
              await expect(data.upgrade(after, asked)).rejects.toThrow(UpgradeRefusedError);
              expect(withoutIds(await data.rows(before, "Item"))).toEqual(stored);
              return;
            }
            expect(plan.problems).toEqual([]);
            const { status } = await data.upgrade(after, asked);
            expect(withoutIds(await data.rows(after, table))).toEqual(expected);
            const indexes = after.components[0]?.indexes ?? [];
            for (const [i] of indexes.entries()) expect(await data.rows(after, table, i + 1)).toHaveLength(rows.length);
            if (status !== "upgraded") return;
            // Some go one step further first, and come back by two.
            if (rows.length % 2 === 1) {
              const further = furtherThan(after);
              const drop = await allowed((each) => data.plan(further, each), "up");
              await data.upgrade(further, { consents: parseConsents(drop) });
              const undo = await allowed((each) => data.plan(further, each), "down");
              await data.upgrade(further, { direction: "down", consents: parseConsents(undo) });
              expect(withoutIds(await data.rows(after, table))).toEqual(expected);
            }
            const back = { consents: parseConsents(await allowed((each) => data.plan(after, each), "down")) };
            await data.upgrade(after, { ...back, direction: "down" });
            expect(withoutIds(await data.rows(before, "Item"))).toEqual(stored);
            for (const [i] of (before.components[0]?.indexes ?? []).entries()) {
              expect(await data.rows(before, "Item", i + 1)).toHaveLength(rows.length);
            }
            upgraded++;
          }),
          { numRuns: runs * LONGER, endOnFailure: true },
        );
        expect(upgraded).toBeGreaterThan(0);
      },
    );
  });
}

/** The component is called something else, has lost a column that no index needs, and has got one. */
function furtherThan({ components: [component], ...rest }: PlainSchema): PlainSchema {
  if (component === undefined) throw new Error("a schema of this test has a component");
  const { name, columns, indexes = [] } = component;
  const lost = columns.find((column) => !indexes.some((index) => index.columns.includes(column.name)));
  const kept = columns.filter((column) => column !== lost);
  const extra = { name: "further", type: "i64", default: 5n } as const;
  return { ...rest, components: [{ ...component, name: "Further", was: name, columns: [...kept, extra] }] };
}

/** Whether no value of the one type needs another form in the other. */
function staysAsItIs(from: string, to: string, { before, after }: RandomMigration): boolean {
  if (from === "Team" && to === "Team") {
    return Object.entries(before.team ?? {}).every(([name, value]) => after.team?.[name] === value);
  }
  if (from === to) return true;
  const [a, b] = [/^(string|bytes)\((\d+)\)$/.exec(from), /^(string|bytes)\((\d+)\)$/.exec(to)];
  return a !== null && b !== null && a[1] === b[1] && Number(a[2]) <= Number(b[2]);
}
