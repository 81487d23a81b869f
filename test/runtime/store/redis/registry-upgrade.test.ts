import { describe, expect, it } from "vitest";
import { parseConsents } from "../../../../runtime/store/migration/consents.js";
import { UpgradeInterruptedError, UpgradeRefusedError } from "../../../../runtime/store/migration/errors.js";
import type { MigrationRow } from "../../../../runtime/store/migration/migration.js";
import { UpgradeUnfinishedError } from "../../../../runtime/store/redis/registry/errors.js";
import { StoredSchemaError } from "../../../../runtime/store/redis/registry/start-errors.js";
import {
  InstanceRunningError,
  UpgradeRowsLostError,
  UpgradeRunningError,
  UpgradeTurnLostError,
} from "../../../../runtime/store/redis/registry/upgrade-errors.js";
import { eventually, type RedisCluster, useRedis } from "../../../redis/index.js";
import { TAG } from "./registry-world.js";
import { A, B, C, COLUMNS, number, type Placed } from "./placed-schema.js";
import { insert, NO_READS, rows, type UpgradedWorld, upgradedWorld } from "./upgraded-world.js";

const redis = useRedis();
const world = (cluster?: RedisCluster): Promise<UpgradedWorld> => upgradedWorld(redis, cluster);

/** Keys as they would be if tables had no numbers. */
function spaceless(keys: readonly string[]): string[] {
  return keys.map((key) => key.replace(/\d+$/, "")).sort();
}

const NUMBERS = [{ number: 3 }, { number: 1 }, { number: 2 }];

describe("an upgrade", () => {
  it("has nothing to do where there is no data, and where the data fits", async () => {
    const { serve, upgrade: run } = await world();
    expect((await run(A)).status).toBe("empty");
    await serve([A], (stores) => insert(stores, "A", NUMBERS));
    expect(await run(A)).toEqual({ status: "unchanged", changes: [], rows: 0, rowsBefore: 0, resumed: false });
  });

  it("adds components, columns with defaults and indexes, and fills them", async () => {
    const { serve, upgrade: run } = await world();
    const many = Array.from({ length: 1500 }, (_, i) => ({ number: (i * 7919) % 1500 }));
    await serve([A], (stores) => insert(stores, "A", many));
    const text = { name: "text", type: "string(8)", default: "new" } as const;
    const indexed = { ...A, columns: [text, number], indexes: [{ columns: ["number"], unique: true }] };
    await expect(serve([indexed, B], () => Promise.resolve())).rejects.toThrow(StoredSchemaError);
    const report = await run(indexed, B);
    expect(report).toMatchObject({ status: "upgraded", rows: 1500, resumed: false });
    expect(report.changes).toHaveLength(3);
    await serve([indexed, B], async (stores) => {
      const expected = Array.from({ length: 1500 }, (_, i) => ({ text: "new", number: i }));
      expect((await rows(stores, "A", 1)).slice(0, 1000)).toEqual(expected.slice(0, 1000));
      expect(await rows(stores, "B")).toEqual([]);
      const table = stores.of("A").table("A");
      const key = table.codec.indexes[1]?.prefix([77]) ?? new Uint8Array(0);
      expect((await stores.of("A").lookup(table, 1, key))?.toObject()).toEqual({ text: "new", number: 77 });
    });
  });

  it("leaves nothing behind of what it replaces", async () => {
    const { serve, upgrade: run, keys } = await world();
    await serve([A], (stores) => insert(stores, "A", NUMBERS));
    const before = await keys();
    const wider = { ...A, columns: [number, { name: "more", type: "u8", default: 1 } as const] };
    await run(wider);
    expect(spaceless(await keys())).toEqual(spaceless(before));
    await serve([wider], async (stores) => expect(await rows(stores, "A")).toHaveLength(3));
  });

  it("empties volatile tables and removes empty components", async () => {
    const { serve, upgrade: run } = await world();
    const presence = { ...B, volatile: true };
    await serve([A, presence], (stores) => insert(stores, "B", NUMBERS));
    const changed = { ...B, volatile: true, columns: [{ name: "other", type: "i64" } as const] };
    expect((await run(changed)).status).toBe("upgraded");
    await serve([changed], async (stores) => expect(await rows(stores, "B")).toEqual([]));
  });

  it("refuses what would lose rows, with every reason, and changes nothing", async () => {
    const { serve, upgrade: run, keys } = await world();
    await serve([{ ...A, columns: COLUMNS }, B], async (stores) => {
      await insert(stores, "A", [
        { number: 1, text: "a" },
        { number: 1, text: "b" },
      ]);
      await insert(stores, "B", NUMBERS);
    });
    const before = await keys();
    const refused: unknown = await run({ ...A, columns: [{ name: "number", type: "i64" }] }).catch(
      (error: unknown) => error,
    );
    if (!(refused instanceof UpgradeRefusedError)) throw refused;
    expect(refused.problems.map(({ allow }) => allow)).toEqual([["--drop A.text"], ["--drop B"]]);
    const unique = { ...A, columns: COLUMNS, indexes: [{ columns: ["number"], unique: true }] };
    await expect(run(unique, B)).rejects.toThrow("would be unique by number");
    expect(await keys()).toEqual(before);
    await serve([{ ...A, columns: COLUMNS }, B], async (stores) => {
      expect(await rows(stores, "A")).toEqual([
        { number: 1, text: "a" },
        { number: 1, text: "b" },
      ]);
    });
  });

  it("is refused while a server lives, which it names", async () => {
    const { serve, upgrade: run } = await world();
    await serve([A], async () => {
      const refused = run(A, B);
      await expect(refused).rejects.toThrow(InstanceRunningError);
      await expect(refused).rejects.toThrow(`process ${process.pid}`);
    });
    expect((await run(A, B)).status).toBe("upgraded");
  });

  it("moves rows together that a new system uses together, and to another backend and back", async () => {
    const { serve, upgrade: run, keys } = await world();
    const indexed = { ...B, indexes: [{ columns: ["number"], unique: true }] };
    const before = await serve([A, indexed], async (stores) => {
      await insert(stores, "A", NUMBERS);
      await insert(stores, "B", NUMBERS);
      const once = stores.of("B").table("core.Connection");
      const after = once.codec.create(stores.of("B").nextId(), { state: new Uint8Array([1]) }, 0, true);
      await stores.of("B").commit(NO_READS, [{ table: once, id: after.id, before: undefined, after }]);
      return after.id;
    });
    const check = async (...components: readonly Placed[]): Promise<void> => {
      expect((await run(...components)).status).toBe("upgraded");
      await serve(components, async (stores) => {
        expect(await rows(stores, "A")).toEqual(NUMBERS);
        expect(await rows(stores, "B", 1)).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
        const home = stores.of("B");
        const [row] = await home.range({
          table: home.table("B"),
          index: 0,
          lower: new Uint8Array(0),
          upper: undefined,
          limit: 1,
          desc: false,
        });
        expect(row?.$version).toBeLessThanOrEqual(home.position);
        expect(await home.get(home.table("core.Connection"), before)).toBeDefined();
        // Rows that were moved can be changed like any others.
        const after = row === undefined ? undefined : home.table("B").codec.clone(row);
        if (row !== undefined) {
          const read = { table: home.table("B"), id: row.id, version: row.$version, position: home.position };
          const result = await home.commit({ ...NO_READS, rows: [read], operations: 2 }, [
            { table: home.table("B"), id: row.id, before: row, after },
          ]);
          expect(result.status).toBe("committed");
        }
      });
    };
    await check(A, { ...indexed, cluster: 0 });
    await check(A, { ...indexed, backend: "big" });
    await check(A, indexed);
    expect((await keys()).filter((key) => key.includes("upgrade"))).toEqual([]);
  });

  it("finds rows that it has kept where they were, when their table has moved meanwhile", async () => {
    const { serve, upgrade: run, upgradeWith, forget, keys } = await world();
    const old = [A, { ...B, columns: COLUMNS, backend: "big" }, { ...C, cluster: 1, backend: "big" }];
    const texts = [
      { number: 3, text: "c" },
      { number: 1, text: "a" },
    ];
    await serve(old, async (stores) => {
      await insert(stores, "A", NUMBERS);
      await insert(stores, "B", texts);
      await insert(stores, "C", NUMBERS);
    });
    const before = await keys();
    const changed = [A, { ...B, cluster: 0 }];
    const consents = parseConsents(["B.text", "C"]);
    await upgradeWith({ consents }, ...changed);
    await serve(changed, async (stores) => expect(await rows(stores, "B")).toEqual([{ number: 3 }, { number: 1 }]));
    await upgradeWith({ direction: "down" }, ...changed);
    // The way back moves nothing; the old code asks for it.
    expect((await run(...old)).status).toBe("upgraded");
    await serve(old, async (stores) => {
      expect(await rows(stores, "A")).toEqual(NUMBERS);
      expect(await rows(stores, "B")).toEqual(texts);
      expect(await rows(stores, "C")).toEqual(NUMBERS);
    });
    expect(spaceless(await keys())).toEqual(spaceless(before));
    await upgradeWith({ consents }, ...changed);
    const tables = async (): Promise<number> => (await keys()).filter((key) => /:t\d+$/.test(key)).length;
    expect(await tables()).toBe(4);
    expect(await forget()).toBe(true);
    expect(await tables()).toBe(2);
    await serve(changed, async (stores) => expect(await rows(stores, "A")).toEqual(NUMBERS));
  });

  it("deletes what an earlier one had no time to delete, and is then over", async () => {
    const { serve, upgrade: run, keys, command } = await world();
    await serve([A], (stores) => insert(stores, "A", NUMBERS));
    const before = await keys();
    const left = `${TAG.slice(0, -1)}:0}:t99`;
    await command("HSET", left, "field", "value");
    const state = { phase: "cleaning", keys: [[null, left]], nextSpace: 100, nextPartition: 7 };
    await command("SET", `${TAG}:upgrade`, JSON.stringify(state));
    await expect(serve([A], () => Promise.resolve())).rejects.toThrow(UpgradeUnfinishedError);
    expect(await run(A)).toMatchObject({ resumed: true, rows: 0 });
    expect(await keys()).toEqual(before);
    // Numbers that the earlier one may have used are not used again.
    await run(A, B);
    await serve([A, B], async (stores) => {
      await insert(stores, "B", NUMBERS);
      expect((await keys()).filter((key) => /:7}:t10\d$/.test(key))).toHaveLength(1);
    });
  });

  it("goes on once Redis has room again that was out of memory", async () => {
    const { serve, upgradeWith, command } = await world();
    const many = Array.from({ length: 3000 }, (_, i) => ({ number: i }));
    await serve([A], (stores) => insert(stores, "A", many));
    const indexed = { ...A, indexes: [{ columns: ["number"], unique: true }] };
    let seen = 0;
    const up = async (row: MigrationRow): Promise<MigrationRow> => {
      if (++seen === 2000) await command("CONFIG", "SET", "maxmemory", "1mb");
      return row;
    };
    const request = { migrations: [{ name: "fills", code: "1", component: "A", up }] };
    const full: unknown = await upgradeWith(request, indexed).catch((error: unknown) => error);
    expect(full).toBeInstanceOf(UpgradeInterruptedError);
    expect(String(full)).toMatch(
      /nothing is lost: Redis is out of memory[^]*run hetu upgrade again with the same options/,
    );
    await command("CONFIG", "SET", "maxmemory", "0");
    await expect(serve([A], () => Promise.resolve())).rejects.toThrow(UpgradeUnfinishedError);
    const report = await upgradeWith(request, indexed);
    expect(report).toMatchObject({ status: "upgraded", resumed: true });
    expect(report.rows + report.rowsBefore).toBe(3000);
    expect(report.rowsBefore).toBeGreaterThanOrEqual(1000);
    await serve([indexed], async (stores) =>
      expect((await rows(stores, "A", 1)).slice(0, 2)).toEqual(many.slice(0, 2)),
    );
  });

  it("changes nothing where rows that it has written are lost, and begins anew", async () => {
    const { serve, upgrade: run, upgradeWith, keys, command } = await world();
    await serve([A, B], async (stores) => {
      await insert(stores, "A", NUMBERS);
      await insert(stores, "B", NUMBERS);
    });
    const before = await keys();
    const wider = { ...A, columns: [number, { name: "more", type: "u8", default: 1 } as const] };
    const up = async (row: MigrationRow): Promise<MigrationRow> => {
      const written = (await keys()).filter((key) => /:t\d+$/.test(key) && !before.includes(key));
      for (const key of written) await command("DEL", key);
      return row;
    };
    const lost = upgradeWith({ migrations: [{ name: "loses", code: "1", component: "B", up }] }, wider, B);
    await expect(lost).rejects.toThrow(UpgradeRowsLostError);
    expect(await keys()).toEqual(before);
    expect(await run(wider, B)).toMatchObject({ status: "upgraded", rows: 3, resumed: false });
  });

  it("writes nothing once the partition takes the rows of another one", async () => {
    const { serve, upgradeWith, upgrade: run, keys, command } = await world();
    await serve([A], (stores) => insert(stores, "A", NUMBERS));
    const wider = { ...A, columns: [number, { name: "more", type: "u8", default: 1 } as const] };
    const tables = async (): Promise<string[]> => (await keys()).filter((key) => /:t\d+$/.test(key));
    const before = await tables();
    const up = async (row: MigrationRow): Promise<MigrationRow> => {
      await command("HSET", `${TAG.slice(0, -1)}:0}:m`, "u", "other");
      return row;
    };
    const straggler = upgradeWith({ migrations: [{ name: "late", code: "1", component: "A", up }] }, wider);
    await expect(straggler).rejects.toThrow(UpgradeTurnLostError);
    expect(await tables()).toEqual(before);
    expect(await run(wider)).toMatchObject({ status: "upgraded", anew: "migration late no longer runs" });
    expect(await command("HEXISTS", `${TAG.slice(0, -1)}:0}:m`, "u")).toBe(0);
  });

  it("waits for another one, which may have been killed, no longer than that one's turn lasts", async () => {
    const { serve, upgrade: run, upgradeWith, command } = await world();
    await serve([A], (stores) => insert(stores, "A", NUMBERS));
    await command("SET", `${TAG}:upgrader`, "other", "PX", 100);
    const waits: number[] = [];
    const report = await upgradeWith({ onWait: (ms) => waits.push(ms) }, A, B);
    expect([report.status, waits.length]).toEqual(["upgraded", 1]);
    await command("SET", `${TAG}:upgrader`, "other");
    await expect(run(A, B, C)).rejects.toThrow(UpgradeRunningError);
  });

  it("shuts out workers whose lease is over, and leaves it to the next start to clean up behind them", async () => {
    const { serve, upgrade: run, command } = await world();
    const worker = await serve([A], async (stores) => {
      await stores.lease.abandon();
      return stores.lease.worker;
    });
    await eventually(async () => {
      const outcome = await run(A, B).catch((error: unknown) => error);
      return !(outcome instanceof InstanceRunningError);
    });
    expect(await command("HGET", `${TAG}:claims`, String(worker))).toBe("1024 0");
    expect(await command("HKEYS", "{hetu:game:0}:m")).not.toContain(`w${worker}`);
    await serve([A, B], async () => expect(await command("HLEN", `${TAG}:claims`)).toBe(0));
  });

  it("moves rows from one node of a cluster to another", { timeout: 120_000 }, async () => {
    const { serve, upgrade: run, upgradeWith } = await world(await redis.cluster({ replicas: 0 }));
    await serve([A, B, C], async (stores) => {
      for (const name of ["A", "B", "C"]) await insert(stores, name, NUMBERS);
    });
    const together = [A, { ...B, cluster: 0 }, { ...C, cluster: 0 }];
    const onProgress = (): never => {
      throw new Error("the process has died");
    };
    await expect(upgradeWith({ onProgress }, ...together)).rejects.toThrow(UpgradeInterruptedError);
    expect(await run(...together)).toMatchObject({ status: "upgraded", resumed: true });
    await serve(together, async (stores) => {
      expect(stores.all).toHaveLength(1);
      for (const name of ["A", "B", "C"]) expect(await rows(stores, name)).toEqual(NUMBERS);
    });
  });
});
