import { resolve } from "node:path";
import { ServerConfigError } from "../config/config-error.js";
import { checkSettings, loadSettings } from "../config/load-settings.js";
import { type ResolvedSettings, resolveSettings } from "../config/server-settings.js";
import type { Settings } from "../config/settings.js";
import { addressText, parseRedisUrl } from "../store/redis/address.js";
import { quotedWord } from "../store/migration/unfinished.js";
import { atUrl } from "../config/store-settings.js";

/** Stands for the password of an address in what people are told to type. */
export const HIDDEN_PASSWORD = "***";

/** Options of the command line, as commander gives them. */
export interface Flags {
  readonly config?: string;
  readonly entry?: string;
  readonly data?: string;
  readonly store?: string;
  readonly host?: string;
  readonly port?: string;
  readonly durability?: string;
  readonly debug?: boolean;
  readonly origin?: readonly string[];
  readonly trustedProxies?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly hetu1?: string;
  readonly hetu2?: string;
  readonly plaintext?: boolean;
  readonly static?: readonly string[];
  readonly stopDeadline?: string;
  readonly drainDelay?: string;
  readonly workers?: string;
  readonly watchdog?: string;
  readonly metrics?: string;
  readonly logLevel?: string;
  readonly pretty?: boolean;
  readonly supervise?: boolean;
}

/**
 * The settings of the file with those of the command line over them. Paths on the command line are relative to the
 * working folder, those in the file to the file.
 *
 * @param defaults of the command, under both.
 * @throws ServerConfigError
 */
export function settingsOf(
  flags: Flags,
  defaults: Settings,
): { settings: ResolvedSettings; file: string | undefined; root: string; out: string; upgradeCommand: string } {
  const { settings: fromFile, root, file, out } = loadSettings(process.cwd(), flags.config, process.env);
  const fromFlags = checkSettings(flagSettings(flags), "command line", "");
  const url = fromFlags.store?.url ?? storeFromEnvironment(process.env);
  const merged: Settings = {
    ...defaults,
    ...fromFile,
    ...fromFlags,
    // An entry on the command line stands for everything that the file serves.
    instances: fromFlags.entry === undefined ? fromFile.instances : undefined,
    store: url === undefined ? fromFile.store : atUrl(url, fromFile.store),
    log: { ...defaults.log, ...fromFile.log, ...fromFlags.log },
    wire: { ...defaults.wire, ...fromFile.wire, ...wireFromEnvironment(process.env), ...fromFlags.wire },
  };
  const settings = resolveSettings(merged, root);
  const { store } = settings.options;
  const upgradeCommand = upgradeCommandOf(flags, file, store?.url);
  const withCommand =
    store === undefined
      ? settings
      : { ...settings, options: { ...settings.options, store: { ...store, upgradeCommand } } };
  return { settings: withCommand, file, root, out, upgradeCommand };
}

/** So that whoever types it means the data that this program was started with. */
function upgradeCommandOf(flags: Flags, file: string | undefined, url: string | undefined): string {
  // What the file or the environment says needs no repeating, and has the password.
  const words = [
    ...(flags.store === undefined ? [] : ["--store", url === undefined ? flags.store : addressToType(url)]),
    ...(file === undefined ? [] : ["--config", file]),
    ...(flags.entry === undefined ? [] : ["--entry", resolve(flags.entry)]),
    ...(flags.data === undefined ? [] : ["--data", resolve(flags.data)]),
  ];
  return ["hetu upgrade", ...words.map(quotedWord)].join(" ");
}

/** With `***` for a password: whoever has to type it is told that one belongs there, and logs show none. */
function addressToType(url: string): string {
  const address = parseRedisUrl(url);
  const { user, password } = address;
  if (user === undefined && password === undefined) return addressText(address);
  const login = `${encodeURIComponent(user ?? "")}${password === undefined ? "" : `:${HIDDEN_PASSWORD}`}`;
  return addressText(address).replace("://", () => `://${login}@`);
}

function flagSettings(flags: Flags): object {
  const settings = {
    entry: absolute(flags.entry),
    data: absolute(flags.data),
    store: flags.store,
    host: flags.host,
    port: flags.port,
    durability: flags.durability,
    debug: flags.debug,
    origins: flags.origin,
    trusted_proxies: flags.trustedProxies,
    cert: absolute(flags.cert),
    key: absolute(flags.key),
    wire: wireSettings(flags),
    static: flags.static === undefined ? undefined : Object.fromEntries(flags.static.map(mount)),
    stop_deadline: flags.stopDeadline,
    drain_delay: flags.drainDelay,
    workers: flags.workers,
    watchdog: flags.watchdog === "off" ? false : flags.watchdog,
    metrics: flags.metrics === undefined ? undefined : listener(flags.metrics),
    log:
      flags.logLevel === undefined && flags.pretty === undefined
        ? undefined
        : { level: flags.logLevel, pretty: flags.pretty },
    supervise: flags.supervise === false ? false : undefined,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function wireSettings({ hetu1, hetu2, plaintext }: Flags): object | undefined {
  if (hetu1 === undefined && hetu2 === undefined && plaintext === undefined) return undefined;
  return {
    ...(hetu1 === undefined ? {} : { hetu1: layers(hetu1) }),
    ...(hetu2 === undefined ? {} : { hetu2: layers(hetu2) }),
    ...(plaintext === undefined ? {} : { plaintext }),
  };
}

/** `jsonb,zlib,crypto`, or `off`. */
function layers(text: string): readonly string[] {
  return text === "off" ? [] : text.split(",").map((name) => name.trim());
}

/** The secret has a variable, which goes before the file, and no option: command lines can be read by every user of the machine. */
function wireFromEnvironment(environment: NodeJS.ProcessEnv): { readonly secret?: string } {
  const secret = environment["HETU_WIRE_SECRET"];
  return secret === undefined || secret === "" ? {} : { secret };
}

/** Goes before the file: an address often has a password, which belongs into no file and no command line. */
function storeFromEnvironment(environment: NodeJS.ProcessEnv): string | undefined {
  const url = environment["HETU_STORE"];
  if (url === undefined || url === "") return undefined;
  return checkSettings({ store: url }, "HETU_STORE in the environment", "").store?.url;
}

function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}

/** `web`, or `/sdk=generated/client-js`. */
function mount(text: string): readonly [string, string] {
  const [, path, folder] = /^(\/[^=]*)=(.+)$/.exec(text) ?? [];
  return path === undefined || folder === undefined ? ["/", resolve(text)] : [path, resolve(folder)];
}

/** `off`, `9466`, or `0.0.0.0:9466`. */
function listener(text: string): false | { host?: string; port: number } {
  if (text === "off") return false;
  const [, host, port] = /^(?:(.+):)?(\d+)$/.exec(text) ?? [];
  if (port === undefined) {
    throw new ServerConfigError("command line", [
      `--metrics is ${JSON.stringify(text)}; give a port, host:port, or off`,
    ]);
  }
  return { ...(host === undefined ? {} : { host }), port: Number(port) };
}
