import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the extension, absolute, with a separator at its end. */
export const extensionFolder = fileURLToPath(new URL("../../../editor/vscode/", import.meta.url));

/** What VS Code reads of a setting. */
export interface ContributedSetting {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly items?: { readonly enum: readonly string[] };
}

interface ProblemMatcher {
  readonly name: string;
  readonly owner: string;
  readonly applyTo: string;
  readonly pattern: string;
  readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, ContributedSetting>> };
    readonly semanticTokenScopes: readonly [{ readonly scopes: Readonly<Record<string, readonly [string]>> }];
    readonly problemPatterns: readonly [
      { readonly patterns: readonly { readonly regexp: string; readonly [group: string]: unknown }[] },
    ];
    readonly problemMatchers: readonly ProblemMatcher[];
    readonly taskDefinitions: readonly [{ readonly properties: { readonly command: { readonly enum: string[] } } }];
  };
}

/** A JSON file of the extension. */
export function extensionJson<T>(path: string): T {
  return JSON.parse(readFileSync(extensionFolder + path, "utf8")) as T;
}

/** The extension as VS Code knows it. */
export const manifest = extensionJson<Manifest>("package.json");
