import { describe, expect, it } from "vitest";
import type { Bus, BusHandler } from "./bus.ts";
import { SharedCache } from "./shared-cache.ts";

type Thing = { name: string };

/** A bus within one process: what is published arrives at once. */
function directBus(): Bus {
  const handlers = new Set<BusHandler>();
  return {
    publish: (_topic, notice) => {
      for (const handler of handlers) handler(notice);
    },
    subscribe: (_topic, handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    close: async () => {},
  };
}

function openCache() {
  const bus = directBus();
  const concerns = (thing: Thing, notice: string) => notice === thing.name;
  const cache = new SharedCache<Thing>({ bus, topic: "things", ttlMs: 60_000, entriesMax: 10, concerns });
  return { bus, cache };
}

/** A look-up that ends when it is told to. */
function slowLoad() {
  let finish: (thing: Thing | null) => void = () => {};
  const loading = new Promise<Thing | null>((resolve) => {
    finish = resolve;
  });
  return { load: () => loading, finish };
}

describe("SharedCache", () => {
  it("looks up once for many who ask at once", async () => {
    const { cache } = openCache();
    let looked = 0;
    const load = async () => ({ name: `look-up ${++looked}` });
    const things = await Promise.all([cache.get("k", load), cache.get("k", load), cache.get("k", load)]);
    expect(new Set(things.map((thing) => thing?.name))).toEqual(new Set(["look-up 1"]));
  });

  it("drops what a notice is about and keeps the rest", async () => {
    const { bus, cache } = openCache();
    await cache.get("a", async () => ({ name: "a" }));
    await cache.get("b", async () => ({ name: "b" }));
    bus.publish("things", "a");
    expect([cache.peek("a"), cache.peek("b")]).toEqual([undefined, { name: "b" }]);
    bus.publish("things", "*");
    expect(cache.peek("b")).toBeUndefined();
  });

  it("does not keep what was looked up while a notice arrived", async () => {
    const { bus, cache } = openCache();
    const { load, finish } = slowLoad();
    const asked = cache.get("a", load);
    bus.publish("things", "a");
    finish({ name: "a" });
    expect(await asked).toEqual({ name: "a" });
    expect(cache.peek("a")).toBeUndefined();
  });

  it("does not hand the look-up from before a notice to who asks after it", async () => {
    const { bus, cache } = openCache();
    const before = slowLoad();
    const asked = cache.get("a", before.load);
    bus.publish("things", "a");
    expect(await cache.get("a", async () => ({ name: "new" }))).toEqual({ name: "new" });
    before.finish({ name: "old" });
    await asked;
    expect(cache.peek("a")).toEqual({ name: "new" });
  });

  it("looks again for what was not found or failed", async () => {
    const { cache } = openCache();
    expect(await cache.get("a", async () => null)).toBeNull();
    await expect(cache.get("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await cache.get("a", async () => ({ name: "a" }))).toEqual({ name: "a" });
  });

  it("keeps working for other keys after one is forgotten", async () => {
    const { cache } = openCache();
    const other = slowLoad();
    const asked = cache.get("other", other.load);
    cache.forget("a");
    other.finish({ name: "first" });
    await asked;
    expect(await cache.get("other", async () => ({ name: "second" }))).toEqual({ name: "second" });
  });
});
