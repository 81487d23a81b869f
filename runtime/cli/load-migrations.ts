import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Migration, NamedMigration } from "../store/migration/migration.js";
import { bundleEntry, EntryError, isJavaScript, writeBundle } from "./entry.js";
import { migrationFiles } from "./migration-files.js";

/**
 * Loads the migrations that stand in the folder `migrations` beside an entry, in the order of their names.
 * @throws EntryError when one cannot be loaded or exports no migration.
 */
export async function loadMigrations(entry: string): Promise<readonly NamedMigration[]> {
  const migrations: NamedMigration[] = [];
  for (const [name, file] of migrationFiles(entry)) migrations.push({ ...(await loadMigration(file)), name });
  return migrations;
}

async function loadMigration(file: string): Promise<Omit<NamedMigration, "name">> {
  const made = await bundleEntry(file);
  const code = createHash("sha256").update(withoutMap(made.code)).digest("hex").slice(0, 32);
  if (isJavaScript(file)) return { ...(await importMigration(file, file)), code };
  const bundle = await writeBundle(made, `${process.pid}-${Date.now()}-migration`);
  try {
    return { ...(await importMigration(bundle, file)), code };
  } finally {
    await rm(bundle, { force: true });
  }
}

/** The map has comments and places that mean nothing to what the code does. */
function withoutMap(code: string): string {
  return code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "");
}

async function importMigration(path: string, file: string): Promise<Migration> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(`${pathToFileURL(path).href}?${Date.now()}`)) as { readonly default?: unknown };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new EntryError(`${file} cannot be loaded: ${reason}`, { cause: error });
  }
  if (!isMigration(module.default)) {
    throw new EntryError(
      `${file} exports no migration: its default export must be ` +
        'defineMigration({ component: "Item", up: (row) => ({ ...row }) }); from is a text and drops a list of columns, if they are given',
    );
  }
  return module.default;
}

function isMigration(value: unknown): value is Migration {
  if (typeof value !== "object" || value === null) return false;
  const { component, from, drops, up, down } = value as Partial<Record<keyof Migration, unknown>>;
  return (
    typeof component === "string" &&
    typeof up === "function" &&
    (down === undefined || typeof down === "function") &&
    (from === undefined || typeof from === "string") &&
    (drops === undefined || (Array.isArray(drops) && drops.every((each) => typeof each === "string")))
  );
}
