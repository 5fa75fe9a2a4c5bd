import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { type Allowance, RateLimiter } from "./rate-limiter.ts";
import { keyedHash } from "./secret.ts";

const database = useDatabase();
const SECRET = "a secret for tests";
const LIMITS = {
  small: { limit: 10, windowSeconds: 60 },
  middle: { limit: 500, windowSeconds: 60 },
  large: { limit: 100_000, windowSeconds: 60 },
  short: { limit: 3, windowSeconds: 1 },
};
const limiter = (options: object = {}) =>
  new RateLimiter({ db: database.db, limits: LIMITS, scale: 1, secret: SECRET, ...options });

async function allowedOf(taken: (Allowance | Promise<Allowance>)[]): Promise<number> {
  return (await Promise.all(taken)).filter((allowance) => allowance.isAllowed).length;
}

describe("RateLimiter", () => {
  it("counts exactly, also for requests that arrive at once", async () => {
    const one = limiter();
    const taken = Array.from({ length: 50 }, () => one.take("small", "exact"));
    expect(await allowedOf(taken)).toBe(10);
  });

  it("shares a small limit exactly between two instances", async () => {
    const [one, two] = [limiter(), limiter()];
    const taken = Array.from({ length: 60 }, (_, i) => (i % 2 ? one : two).take("small", "shared"));
    expect(await allowedOf(taken)).toBe(10);
  });

  it("never passes a limit over two instances, and leaves little of it unused", async () => {
    const [one, two] = [limiter(), limiter()];
    const taken = Array.from({ length: 2_000 }, (_, i) => (i % 2 ? one : two).take("middle", "both"));
    const allowed = await allowedOf(taken);
    expect(allowed).toBeLessThanOrEqual(500);
    expect(allowed).toBeGreaterThanOrEqual(480);
  });

  it("asks the database once per lease and answers at once in between", async () => {
    const asked: number[] = [];
    const db = {
      connect: () => {
        asked.push(1);
        return database.db.connect();
      },
    };
    const one = limiter({ db });
    await one.take("large", "hot");
    for (let i = 0; i < 1_999; i++) expect("then" in one.take("large", "hot")).toBe(false);
    expect(asked.length).toBe(1);
    expect("then" in one.take("large", "hot")).toBe(true);
  });

  it("refuses from memory once a key is used up", async () => {
    const one = limiter();
    await allowedOf(Array.from({ length: 11 }, () => one.take("small", "blocked")));
    const refused = one.take("small", "blocked");
    expect(refused).toMatchObject({ isAllowed: false, limit: 10, remaining: 0 });
  });

  it("tells keys apart", async () => {
    const one = limiter();
    await allowedOf(Array.from({ length: 11 }, () => one.take("small", "first")));
    expect((await one.take("small", "second")).isAllowed).toBe(true);
  });

  it("starts again when the window ends", async () => {
    const one = limiter();
    expect(await allowedOf(Array.from({ length: 5 }, () => one.take("short", "again")))).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await allowedOf(Array.from({ length: 5 }, () => one.take("short", "again")))).toBe(3);
  });

  it("survives the restart of an instance", async () => {
    await allowedOf(Array.from({ length: 11 }, () => limiter().take("small", "restarted")));
    expect((await limiter().take("small", "restarted")).isAllowed).toBe(false);
  });

  it("gives a point back", async () => {
    const one = limiter();
    for (let i = 0; i < 30; i++) {
      expect((await one.take("small", "returned")).isAllowed).toBe(true);
      one.giveBack("small", "returned");
    }
  });

  it("counts by itself while the database is away, and comes back to it", async () => {
    let isAway = true;
    let now = Date.now();
    const connect = () => (isAway ? Promise.reject(new Error("away")) : database.db.connect());
    const one = limiter({ db: { connect }, clock: () => now });
    expect(await allowedOf(Array.from({ length: 20 }, () => one.take("small", "outage")))).toBe(10);
    isAway = false;
    now += 61_000;
    expect((await one.take("small", "outage")).isAllowed).toBe(true);
    const rows = await database.db.readDirectory((reader) => reader.many<{ key: string }>(countRows));
    expect(rows.map((row) => row.key)).toContain(`small:${keyedHash(SECRET, "outage")}`);
  });

  it("multiplies every limit by the scale", async () => {
    const taken = Array.from({ length: 50 }, () => 0);
    const one = limiter({ scale: 3 });
    expect(await allowedOf(taken.map(() => one.take("small", "scaled")))).toBe(30);
  });

  it("keeps no address in its table", async () => {
    await limiter().take("small", "198.51.100.77");
    const rows = await database.db.readDirectory((reader) => reader.many<{ key: string }>(countRows));
    expect(rows.some((row) => row.key.includes("198.51.100.77"))).toBe(false);
    expect(rows.every((row) => /^[a-z]+:[0-9a-f]{40}$/.test(row.key))).toBe(true);
  });
});

const countRows = sql`select key from rate_limits order by key limit 1000`;
