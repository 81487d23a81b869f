import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { openLink, RedisUnreachableError } from "../../../../runtime/store/redis/open-link.js";
import { somePort } from "../../../redis/ports.js";
import { useRedis } from "../../../redis/index.js";

const redis = useRedis();
let folder = "";
let port = 0;
let plainPort = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hetu-tls-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...subject],
    ...["-keyout", key, "-out", certificate],
  ]);
  expect(made.status).toBe(0);
  port = somePort();
  const files = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
  const server = await redis.server({ args: ["--tls-port", String(port), ...files] });
  plainPort = server.port;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a link over TLS", () => {
  it("refuses a server whose certificate nobody vouches for, at once", async () => {
    const error: unknown = await openLink(parseRedisUrl(`rediss://localhost:${port}`)).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RedisUnreachableError);
    expect((error as Error).cause).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  });

  it.each([
    ["rediss", "redis", "speaks no TLS", () => plainPort],
    ["rediss-cluster", "redis-cluster", "speaks no TLS", () => plainPort],
    ["redis", "rediss", "speaks TLS", () => port],
    ["redis-cluster", "rediss-cluster", "speaks TLS", () => port],
  ])("refuses %s:// where the server wants %s://, and says so", async (written, right, reason, portOf) => {
    const where = `localhost:${portOf()}`;
    const error: unknown = await openLink(parseRedisUrl(`${written}://${where}`)).catch((each: unknown) => each);
    expect(error).toMatchObject({ hopeless: true, cause: { part: "scheme" } });
    expect(String(error)).toContain(`${where} ${reason}; write ${right}:// instead of ${written}://`);
  });

  it("carries commands both ways", async () => {
    // Node.js reads the certificates of NODE_EXTRA_CA_CERTS only when a process starts.
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const link = await openLink(parseRedisUrl(`rediss://localhost:${port}/3`));
    const bytes = Buffer.alloc(100_000, 7);
    await link.command("SET", "k", [bytes]);
    expect(await link.command("GET", "k", [])).toEqual(bytes);
    await link.close();
    vi.unstubAllEnvs();
  });
});
