import { describe, expect, it } from "vitest";
import type { ReadRequest, ReadResult } from "../../../runtime/live/contract.js";
import { readServerFrames } from "../../../runtime/wire/hetu2/frames.js";
import { openWorld } from "./live-world.js";

type Page = Extract<ReadResult, { status: "page" }>;

const everything: ReadRequest = {
  table: "Position",
  index: "x",
  left: [],
  right: [],
  limit: 3,
  desc: false,
  after: undefined,
  count: false,
};

async function filled(options: { maxScan?: number } = {}) {
  const world = openWorld(options);
  // Ten rows, three of which have each x: pages end between equal keys.
  for (let id = 1n; id <= 10n; id++) {
    await world.commit(["insert", "Position", id, { owner: id, x: Math.floor(Number(id) / 3) }]);
  }
  const reader = world.viewer({ caller: 1n });
  const read = (request: Partial<ReadRequest> = {}): ReadResult => {
    return world.live.read(reader, { ...everything, ...request }) as ReadResult;
  };
  const page = (request: Partial<ReadRequest> = {}): Page => {
    const result = read(request);
    if (result.status !== "page") throw new Error(JSON.stringify(result));
    return result;
  };
  return { ...world, read, page };
}

const ids = ({ rows }: Page): number[] => rows.map(({ id }) => Number(id));

describe("a one-shot read", () => {
  it.each([false, true])("gives every row exactly once, page by page (desc: %s)", async (desc) => {
    const { page } = await filled();
    for (const limit of [1, 2, 3, 4, 9, 10, 11]) {
      const seen: number[] = [];
      let after: Uint8Array | undefined;
      do {
        const one = page({ limit, desc, after });
        expect(one.rows.length).toBeLessThanOrEqual(limit);
        seen.push(...ids(one));
        after = one.next;
      } while (after !== undefined);
      const ascending = Array.from({ length: 10 }, (_, at) => at + 1);
      expect(seen).toEqual(desc ? ascending.reverse() : ascending);
    }
  });

  it("has nil for next exactly when nothing is behind it", async () => {
    const { page } = await filled();
    expect(page({ limit: 9 }).next).toBeInstanceOf(Uint8Array);
    expect(page({ limit: 10 }).next).toBeUndefined();
    expect(page({ limit: -1 }).next).toBeUndefined();
    expect(page({ left: 50, right: 60 })).toMatchObject({ rows: [], next: undefined });
  });

  it("counts the rows of the whole range, whatever the page", async () => {
    const { page } = await filled();
    expect(page({ limit: 2, count: true }).count).toBe(10);
    expect(page({ left: 1, right: 2, limit: 1, count: true, after: page({ limit: 3 }).next }).count).toBe(6);
    expect(page({ limit: 0, count: true })).toMatchObject({ rows: [], count: 10, next: undefined });
    expect(page({ limit: 2 }).count).toBeUndefined();
  });

  it("is a frame with rows as arrays", async () => {
    const { page } = await filled();
    const [frame] = readServerFrames(page({ limit: 1, count: true }).hetu2());
    expect(frame).toMatchObject({ kind: "page", rows: [[1, 1, 0, 0, 0]], count: 10 });
  });

  it("shows and counts only what the reader may see, and says so where it may see nothing", async () => {
    const { live, commit, viewer } = openWorld();
    for (let id = 1n; id <= 9n; id++) {
      await commit(["insert", "Inventory", id, { owner: id % 3n, item: Number(id) }]);
    }
    const request = { ...everything, table: "Inventory", index: "id", limit: 2, count: true };
    const mine = live.read(viewer({ caller: 1n }), request) as Page;
    expect([ids(mine), mine.count]).toEqual([[1, 4], 3]);
    const more = live.read(viewer({ caller: 1n }), { ...request, after: mine.next }) as Page;
    expect([ids(more), more.next]).toEqual([[7], undefined]);
    expect((live.read(viewer({ admin: true }), request) as Page).count).toBe(9);
    expect(live.read(viewer(), request)).toMatchObject({ status: "forbidden" });
  });

  it("gives owners their columns and others nil", async () => {
    const { live, commit, viewer } = openWorld();
    await commit(["insert", "Profile", 1n, { owner: 1n, name: "a", secret: "s" }]);
    await commit(["insert", "Profile", 2n, { owner: 2n, name: "b", secret: "t" }]);
    const page = live.read(viewer({ caller: 1n }), { ...everything, table: "Profile", index: "id" }) as Page;
    expect(readServerFrames(page.hetu2())).toMatchObject([
      {
        rows: [
          [1, 1, "a", "s"],
          [2, 2, "b", null],
        ],
      },
    ]);
  });

  it("is refused with a code and a reason for a cursor from elsewhere, a bound of another type, and too much to look at", async () => {
    const { read, page } = await filled({ maxScan: 6 });
    const { next } = page({ limit: 1 });
    expect(read({ left: 2, right: 3, after: next })).toMatchObject({ status: "refused", code: "BAD_BOUND" });
    expect(read({ after: new Uint8Array(3) })).toMatchObject({ status: "refused", code: "BAD_BOUND" });
    expect(read({ left: "x" })).toMatchObject({ status: "refused", code: "BAD_BOUND" });
    expect(read({ limit: 1, count: true })).toMatchObject({ status: "refused", code: "SCAN_LIMIT" });
    expect(read({ index: "none" })).toMatchObject({ status: "refused", code: "UNKNOWN_INDEX" });
    expect(read({ table: "None" })).toMatchObject({ status: "refused", code: "UNKNOWN_COMPONENT" });
  });

  it("survives any bytes as a cursor", async () => {
    const { read } = await filled();
    for (let length = 0; length < 40; length++) {
      for (const byte of [0, 0x7f, 0x80, 0xff]) {
        expect(["page", "refused"]).toContain(read({ after: new Uint8Array(length).fill(byte) }).status);
      }
    }
  });
});

describe("numbers of subscriptions", () => {
  it("are the same for the same id, whoever subscribes, and never given again", async () => {
    const { live, viewer } = await filled();
    const range = { kind: "range", ...everything, force: true } as const;
    const number = (one: ReturnType<typeof viewer>, left: unknown): number => {
      const result = live.subscribe(one, { ...range, left });
      if (result instanceof Promise || result.status !== "subscribed") throw new Error("not subscribed");
      return result.number;
    };
    const [a, b] = [viewer({ caller: 1n }), viewer({ caller: 2n })];
    const first = number(a, 1);
    expect(number(a, 1)).toBe(first);
    expect(number(b, 1)).toBe(first);
    expect(number(b, 2)).not.toBe(first);
    live.drop(a);
    expect(number(viewer({ caller: 3n }), 1)).toBe(first);
    live.drop(b);
    for (const one of [a, b]) live.drop(one);
  });
});
