import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadMigrations } from "../../../runtime/cli/load-migrations.js";

it("gives a migration another fingerprint when it, or what it imports, was changed, and only then", async () => {
  const project = await mkdtemp(join(tmpdir(), "hetu-migrations-"));
  try {
    const folder = join(project, "migrations");
    await mkdir(folder);
    const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text);
    const code = async (): Promise<(string | undefined)[]> =>
      (await loadMigrations(join(project, "index.ts"))).map((migration) => migration.code);
    const helper = (sign: string): string =>
      `export const shout = (text: unknown): string => \`\${String(text)}${sign}\`;\n`;
    const migration = (more = ""): string =>
      'import { shout } from "./.shout.js";\n' +
      `export default { component: "Item", up: (row) => ({ ...row, name: shout(row.name)${more} }) };\n`;
    await write(".shout.ts", helper("!"));
    await write("001-shout.ts", migration());
    await write("002-same.mjs", 'export default { component: "Item", up: (row) => row };\n');
    const first = await code();
    expect(first).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(await code()).toEqual(first);
    await write("001-shout.ts", `// A remark.\n${migration()}`);
    expect(await code()).toEqual(first);
    await write(".shout.ts", helper("?"));
    const second = await code();
    expect([second[0] === first[0], second[1] === first[1]]).toEqual([false, true]);
    await write(".shout.ts", helper("!"));
    await write("001-shout.ts", migration(", size: 1"));
    expect((await code())[0]).not.toBe(first[0]);
  } finally {
    await rm(project, { recursive: true, force: true });
  }
});
