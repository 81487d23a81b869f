import { parseConsents } from "../../../../runtime/store/migration/consents.js";
import type { NamedMigration } from "../../../../runtime/store/migration/migration.js";
import type { UpgradeRequest } from "../../../../runtime/store/migration/request.js";
import { plainSchema, type PlainSchema } from "../plain-schema.js";
import type { Values } from "./migrated-data.js";

/** The data before an upgrade that is killed. */
export const BEFORE: PlainSchema = {
  components: [
    {
      name: "User",
      columns: [
        { name: "name", type: "string(20)" },
        { name: "level", type: "i32" },
        { name: "old", type: "u8" },
      ],
      indexes: [
        { columns: ["name"], unique: true },
        { columns: ["level"], unique: false },
      ],
    },
    { name: "Gone", columns: [{ name: "level", type: "i32" }] },
    { name: "Marked", columns: [{ name: "level", type: "i32" }] },
  ],
};

/** Renamed, converted, dropped, added, indexed and gone through a migration. */
export const AFTER: PlainSchema = {
  components: [
    {
      name: "Player",
      was: "User",
      columns: [
        { name: "nick", type: "string(20)", was: "name" },
        { name: "level", type: "string(12)" },
        { name: "gold", type: "i64", default: 5n },
      ],
      indexes: [
        { columns: ["nick"], unique: true },
        { columns: ["level"], unique: false },
      ],
    },
    { name: "Marked", columns: [{ name: "level", type: "i32" }], indexes: [{ columns: ["level"], unique: true }] },
  ],
};

export const SCHEMA = plainSchema(AFTER);

/** Rows that migrations were called for in this process. */
export const called = { rows: 0 };

function counted<T>(value: T): T {
  called.rows++;
  return value;
}

const migrations: readonly NamedMigration[] = [
  { name: "002-players", code: "1", component: "Player", up: (row) => counted(row), down: (row) => counted(row) },
  {
    name: "001-marks",
    code: "1",
    component: "Marked",
    up: (row) => counted({ ...row, level: Number(row["level"]) + 1 }),
    down: (row) => counted({ ...row, level: Number(row["level"]) - 1 }),
  },
];

export function requestOf(direction: "up" | "down"): UpgradeRequest {
  const consents = parseConsents(direction === "up" ? ["User.old", "Gone"] : ["Player.gold"]);
  return { direction, migrations, consents: direction === "up" ? consents : parseConsents(["User.gold"]) };
}

/** Enough for several batches. */
export const USERS: readonly Values[] = Array.from({ length: 1200 }, (_, i) => ({
  name: `n${i}`,
  level: i,
  old: i % 256,
}));
export const OTHERS: readonly Values[] = Array.from({ length: 20 }, (_, i) => ({ level: i }));
