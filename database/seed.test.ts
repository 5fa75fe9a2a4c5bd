import { sql } from "kysely";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { deliverEvents } from "../server/events/deliver-events.ts";
import { createPlanCache } from "../server/rewards/create-plan-cache.ts";
import { subscribers } from "../server/worker.ts";
import { useDatabase } from "../tests/support/database.ts";
import { DEMO_PROGRAM, type Demo, loadDemo } from "./seed.ts";

const LOAD_MS_MAX = 30_000;

describe("the demo world", () => {
  const world = useDatabase();
  let demos: Demo[];

  const count = async (query: string): Promise<number> => {
    const client = new pg.Client(world.owner);
    await client.connect();
    try {
      return Number((await client.query({ text: query, rowMode: "array" })).rows[0]?.[0]);
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    const deps = { db: world.db, hashingKey: "a key of the tests" };
    demos = await Promise.all([loadDemo(deps), loadDemo(deps)]);
  }, LOAD_MS_MAX);

  it("is loaded once by two at the same time, and a third changes nothing", async () => {
    expect(demos.filter(({ loaded }) => loaded !== null)).toHaveLength(1);
    expect(demos.filter(({ owner }) => owner !== null)).toHaveLength(1);
    const entries = await count("select count(*) from ledger_transfers");
    const third = await loadDemo({ db: world.db, hashingKey: "a key of the tests" });
    expect(third).toMatchObject({ programId: DEMO_PROGRAM, loaded: null, owner: null });
    expect(await count("select count(*) from ledger_transfers")).toBe(entries);
    expect(await count("select count(*) from programs")).toBe(1);
  });

  it("has a network of five levels or more, with advocates whose eight seats are taken", async () => {
    expect(await count("select max(cardinality(upline)) from participants")).toBeGreaterThanOrEqual(5);
    expect(await count("select count(*) from participants where direct_count = 8")).toBeGreaterThanOrEqual(3);
    expect(await count("select max(direct_count) from participants")).toBe(8);
    for (const reason of ["direct_limit_reached", "unknown_code"])
      expect(await count(`select count(*) from referrals where '${reason}' = any(reasons)`)).toBeGreaterThan(
        0,
      );
  });

  it("released what has waited out its hold, and nothing else", async () => {
    expect(
      await count("select count(*) from rewards where status = 'pending' and available_at <= now()"),
    ).toBe(0);
    for (const status of ["pending", "available", "reversed"])
      expect(await count(`select count(*) from rewards where status = '${status}'`)).toBeGreaterThan(10);
    expect(
      await count("select count(*) from rewards where status = 'available' and available_at > now()"),
    ).toBe(0);
  });

  it("wrote every fact at the moment it happened", async () => {
    for (const column of [
      "referrals.created_at",
      "clicks.occurred_at",
      "ledger_transfers.recorded_at",
      "events.recorded_at",
      "rewards.created_at",
      "refunds.created_at",
      "audit_entries.at",
    ]) {
      const [table, name] = column.split(".");
      expect(
        await count(`select extract(epoch from max(${name}) - min(${name})) / 86400 from ${table}`),
        column,
      ).toBeGreaterThan(100);
      expect(await count(`select count(*) from ${table} where ${name} > now()`), column).toBe(0);
    }
  });

  it("leaves counters that agree with the rows they count", async () => {
    for (const subscriber of subscribers({ plans: createPlanCache() }))
      while ((await deliverEvents(world.db, DEMO_PROGRAM, subscriber)) > 0);
    const pairs = await world.db.read(DEMO_PROGRAM, (reader) =>
      reader.one<Record<"counted" | "placed" | "earned" | "granted", bigint>>(sql`
        select (select sum(participants) from network_counts)::bigint as counted,
               (select sum(cardinality(upline)) from participants)::bigint as placed,
               (select sum(earned_minor - reversed_minor) from reward_counts
                 where leg_participant_id = '')::bigint as earned,
               (select sum(amount_minor - reversed_minor) from rewards)::bigint as granted`),
    );
    expect(pairs.counted).toBe(pairs.placed);
    expect(pairs.earned).toBe(pairs.granted);
  });
});
