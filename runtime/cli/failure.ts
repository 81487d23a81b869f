import { ServerConfigError } from "../config/config-error.js";
import { EXIT_DO_NOT_RESTART } from "../ops/worker-requests.js";
import {
  CallsStillRunError,
  DataFolderError,
  NotYetSupportedError,
  ServerOptionsError,
  StartSystemError,
} from "../server/errors.js";
import { SchemaChangeError, StoreFormatError, StoreLockedError, StoreUpgradeUnfinishedError } from "../store/errors.js";
import { ConsentError } from "../store/migration/consents.js";
import {
  MigrationFailedError,
  NoWayBackError,
  UpgradeInterruptedError,
  UpgradeRefusedError,
} from "../store/migration/errors.js";
import { RedisAddressError } from "../store/redis/address.js";
import { StoreUnwritableError } from "../store/redis/errors.js";
import { RedisUnreachableError } from "../store/redis/open-link.js";
import {
  LeaseLostError,
  NoWorkerNumberError,
  RedisClockError,
  UpgradeUnfinishedError,
} from "../store/redis/registry/errors.js";
import { RedisStartError, StoredSchemaError } from "../store/redis/registry/start-errors.js";
import {
  InstanceRunningError,
  UpgradeRowsLostError,
  UpgradeRunningError,
  UpgradeTableDamagedError,
  UpgradeTurnLostError,
} from "../store/redis/registry/upgrade-errors.js";
import { EntryError } from "./entry.js";
import { HIDDEN_PASSWORD } from "./flags.js";

/** Would happen again however often the program is started. */
const LASTING = [
  ServerConfigError,
  EntryError,
  ServerOptionsError,
  NotYetSupportedError,
  SchemaChangeError,
  StoreFormatError,
  RedisStartError,
  RedisAddressError,
  ConsentError,
  UpgradeRefusedError,
  MigrationFailedError,
  NoWayBackError,
  StoreUpgradeUnfinishedError,
  UpgradeTableDamagedError,
];
/** May be over at the next start. */
const PASSING = [
  CallsStillRunError,
  StoreLockedError,
  StartSystemError,
  DataFolderError,
  RedisUnreachableError,
  StoreUnwritableError,
  LeaseLostError,
  NoWorkerNumberError,
  RedisClockError,
  UpgradeUnfinishedError,
  InstanceRunningError,
  UpgradeInterruptedError,
  UpgradeRowsLostError,
  UpgradeRunningError,
  UpgradeTurnLostError,
];

/** What a program that could not start says, and its exit code. */
export function describeFailure(error: unknown): { readonly text: string; readonly code: number } {
  const advised = error instanceof StoredSchemaError || error instanceof UpgradeUnfinishedError;
  const note = advised ? addressNote(error.command, process.env) : "";
  const isLasting = LASTING.some((kind) => error instanceof kind);
  if (isLasting || (error instanceof RedisUnreachableError && error.hopeless))
    return { text: (error as Error).message + note, code: EXIT_DO_NOT_RESTART };
  if (PASSING.some((kind) => error instanceof kind)) return { text: (error as Error).message + note, code: 1 };
  if (error instanceof Error && "code" in error && "port" in error) {
    const { port } = error;
    switch (error.code) {
      case "EADDRINUSE":
        return {
          text: `port ${String(port)} is taken: stop what uses it, or give another with --port or --metrics`,
          code: 1,
        };
      case "EACCES":
        return {
          text: `port ${String(port)} may not be used by this user: ports from 1024 may`,
          code: EXIT_DO_NOT_RESTART,
        };
    }
  }
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}

/**
 * What whoever types an advised command has to know of the address of the store, on a line of its own.
 * @param command As `RedisStoreOptions.upgradeCommand` has it.
 */
export function addressNote(command: string, environment: NodeJS.ProcessEnv): string {
  if (command.includes(`:${HIDDEN_PASSWORD}@`)) {
    return `\nput the password back for ${HIDDEN_PASSWORD}, or leave --store out and give the address in HETU_STORE`;
  }
  if (command.includes("--store ") || (environment["HETU_STORE"] ?? "") === "") return "";
  return "\nset HETU_STORE for it as it is set for the server: it has the address of the data";
}

/** Whether a change of schema or code may put it right: anything but what is taken by someone else, or not allowed. */
export function isAboutCode(error: unknown): boolean {
  if (error instanceof StoreLockedError || error instanceof StoreFormatError || error instanceof ServerConfigError)
    return false;
  if (error instanceof DataFolderError) return false;
  // Where a supervisor listens for its workers, it is its `bind` that fails.
  return !(error instanceof Error && "syscall" in error && (error.syscall === "listen" || error.syscall === "bind"));
}
