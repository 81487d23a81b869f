import { z } from "zod";
import { RedisAddressError, parseRedisUrl } from "../store/redis/address.js";
import type { RedisOptions, RedisStoreOptions } from "../server/store-options.js";
import { DAY_MS, LEAST_FEED_BYTES, LEAST_LEASE_TIME_MS, MOST_FEED_BYTES } from "../server/check-store.js";
import { durationBetween, sizeBetween, whole } from "./quantities.js";

/** The store without a Redis. */
export const EMBEDDED = "embedded";

const address = z.string().superRefine((url, context) => {
  const problem = addressProblem(url);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const addressOrEmbedded = z.string().superRefine((url, context) => {
  const problem = url === EMBEDDED ? undefined : addressProblem(url);
  if (problem === undefined) return;
  context.addIssue({ code: "custom", message: `it must be "${EMBEDDED}" or the address of a Redis: ${problem}` });
});

const redis = {
  /** Of servers that have the same data and are read from where that may be old. */
  replicas: z.array(address).optional(),
  wait_replicas: whole(0, 100).optional(),
  wait_timeout: durationBetween(1, DAY_MS).optional(),
  feed_length: whole(1024, 100_000_000).optional(),
  feed_bytes: sizeBetween(LEAST_FEED_BYTES, MOST_FEED_BYTES).optional(),
  retry_window: durationBetween(0, DAY_MS).optional(),
};

/** A text stands for its `url`. */
function withUrl(value: unknown): unknown {
  return typeof value === "string" ? { url: value } : value;
}

/** `server.backends.<name>`; see `RedisOptions` for what each means. */
export const backend = z.preprocess(withUrl, z.strictObject({ url: address, ...redis }));

/** `server.store`; see `RedisStoreOptions` for what each means. */
export const store = z.preprocess(
  withUrl,
  z.strictObject({
    url: addressOrEmbedded,
    ...redis,
    lease_time: durationBetween(LEAST_LEASE_TIME_MS, DAY_MS).optional(),
    prefix: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,32}$/, { error: 'it must be 1 to 32 letters, digits, ".", "_" or "-"' })
      .optional(),
  }),
);

export type StoreSettings = z.infer<typeof store>;
export type BackendSettings = z.infer<typeof backend>;

/** What a command line or the environment says over a file: another place with the same habits. */
export function atUrl(url: string, before: StoreSettings | undefined): StoreSettings {
  if (url === EMBEDDED || before === undefined) return { url };
  // Replicas belong to the server that the file names.
  const { replicas: _replicas, ...rest } = before;
  return { ...rest, url };
}

/** @returns `undefined`: the embedded store. */
export function storeOptionsOf(settings: StoreSettings | undefined): RedisStoreOptions | undefined {
  if (settings === undefined || settings.url === EMBEDDED) return undefined;
  const { lease_time: leaseTime, prefix } = settings;
  return {
    ...redisOptionsOf(settings),
    ...(leaseTime === undefined ? {} : { leaseTime }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

export function redisOptionsOf(settings: BackendSettings): RedisOptions {
  const {
    url,
    replicas,
    wait_replicas: waitReplicas,
    wait_timeout: waitTimeout,
    feed_length: feedLength,
    feed_bytes: feedBytes,
    retry_window: retryWindow,
  } = settings;
  return {
    url,
    ...(replicas === undefined ? {} : { replicas }),
    ...(waitReplicas === undefined ? {} : { waitReplicas }),
    ...(waitTimeout === undefined ? {} : { waitTimeout }),
    ...(feedLength === undefined ? {} : { feedLength }),
    ...(feedBytes === undefined ? {} : { feedBytes }),
    ...(retryWindow === undefined ? {} : { retryWindow }),
  };
}

function addressProblem(url: string): string | undefined {
  try {
    parseRedisUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof RedisAddressError) return error.message;
    throw error;
  }
}
