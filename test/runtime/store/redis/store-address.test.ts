import { describe, expect, it } from "vitest";
import { addressText, parseRedisUrl, RedisAddressError } from "../../../../runtime/store/redis/address.js";

function partOf(url: string): string {
  try {
    parseRedisUrl(url);
  } catch (error) {
    if (error instanceof RedisAddressError) return error.part;
    throw error;
  }
  return "none";
}

describe("parseRedisUrl", () => {
  it("reads host, port, database, user and password, and fills in what is left out", () => {
    expect(parseRedisUrl("redis://localhost")).toEqual({
      cluster: false,
      tls: false,
      nodes: [{ host: "localhost", port: 6379 }],
      user: undefined,
      password: undefined,
      database: 0,
    });
    expect(parseRedisUrl("rediss://me:p%40ss%3A@[::1]:7000/3")).toEqual({
      cluster: false,
      tls: true,
      nodes: [{ host: "::1", port: 7000 }],
      user: "me",
      password: "p@ss:",
      database: 3,
    });
    expect(parseRedisUrl("redis://:secret@h:1/").user).toBeUndefined();
  });

  it("reads all nodes of a cluster", () => {
    const address = parseRedisUrl("rediss-cluster://u:p@a:1,b,[::2]:3");
    expect(address).toMatchObject({ cluster: true, tls: true });
    expect(address.nodes).toEqual([
      { host: "a", port: 1 },
      { host: "b", port: 6379 },
      { host: "::2", port: 3 },
    ]);
  });

  it("names the part that is wrong", () => {
    expect(partOf("http://h:1")).toBe("scheme");
    expect(partOf("localhost:6379")).toBe("scheme");
    expect(partOf("redis://:1/0")).toBe("host");
    expect(partOf("redis://a,b")).toBe("host");
    expect(partOf("redis://a b:1")).toBe("host");
    expect(partOf("redis://::1:6379")).toBe("host");
    expect(partOf("redis://h:0")).toBe("port");
    expect(partOf("redis://h:65536")).toBe("port");
    expect(partOf("redis://h:")).toBe("port");
    expect(partOf("redis://h:1/first")).toBe("database");
    expect(partOf("redis-cluster://h:1/2")).toBe("database");
    expect(partOf("redis://user@h:1")).toBe("password");
    expect(partOf("redis://%zz:p@h:1")).toBe("user");
    expect(partOf("redis://h:1/0?db=1")).toBe("query");
  });

  it("never shows the password in its errors", () => {
    expect(() => parseRedisUrl("redis://me:topsecret%@h:1")).toThrow(expect.not.stringContaining("topsecret") as Error);
    expect(() => parseRedisUrl("redis://me:topsecret@h:x")).toThrow(expect.not.stringContaining("topsecret") as Error);
  });

  it("is turned back into text without user and password", () => {
    const text = (url: string): string => addressText(parseRedisUrl(url));
    expect(text("redis://me:pw@h")).toBe("redis://h:6379");
    expect(text("rediss-cluster://:pw@a:1,[::2]:3")).toBe("rediss-cluster://a:1,[::2]:3");
    expect(text("redis://h:1/4")).toBe("redis://h:1/4");
  });
});

it("takes an @ in a password that is written as it is for a part of the password, not of the host", () => {
  expect(parseRedisUrl("redis://:s3@cret@example.com/2")).toMatchObject({
    password: "s3@cret",
    nodes: [{ host: "example.com", port: 6379 }],
    database: 2,
  });
});
