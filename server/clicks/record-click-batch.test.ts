import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { recordClickBatch } from "./record-click-batch.ts";
import { recordClicks } from "./record-clicks.ts";

const database = useDatabase();
let world: World;
let other: World;
let asha: Person;

beforeAll(async () => {
  world = await createWorld(database.db);
  other = await createWorld(database.db);
  asha = await world.join("Asha");
});

const arrival = (referrerHost: string | null = null) => ({
  ...{ linkId: asha.link.id, participantId: asha.id, referrerHost },
  ...{ addressHash: "a-hash_of_an_address_x", device: "phone" as const, channel: null, visitorId: null },
});

type Stored = { id: string; position: bigint; referrerHost: string | null; isNow: boolean };

const stored = (ids: readonly string[], there = world) =>
  there.read((reader) =>
    reader.many<Stored>(sql`
      select id, position, referrer_host, occurred_at > now() - interval '1 minute' as is_now
        from clicks where program_id = ${there.programId} and id = any(${ids}) order by id`),
  );

describe("clicks that share a transaction of their own", () => {
  it("are stored like those of any transaction, in the order given", async () => {
    const hosts = [null, 'quo"te\\.example', "NULL", "", "shop.example"];
    const ids = await recordClickBatch(database.db, world.programId, hosts.map(arrival));
    const rows = await stored(ids);
    expect(rows.map((row) => row.id)).toEqual(ids);
    expect(rows.map((row) => row.referrerHost)).toEqual(hosts);
    expect(rows.every((row) => row.isNow)).toBe(true);
  });

  it("stand in the log between what was written before and after them, and are counted once", async () => {
    const before = await world.write((tx) => recordClicks(tx, [arrival()]));
    const batch = await recordClickBatch(database.db, world.programId, [arrival(), arrival()]);
    const after = await world.write((tx) => recordClicks(tx, [arrival()]));
    const positions = (await stored([...before, ...batch, ...after])).map((row) => row.position);
    const [first = 0n, second = 0n, third = 0n, last = 0n] = positions;
    expect([first < second, second === third, third < last]).toEqual([true, true, true]);
    const { horizon } = await world.read(async (reader) => ({ horizon: await database.db.horizon(reader) }));
    expect(last < horizon).toBe(true);
  });

  it("belong to their program alone, and leave no program behind on the connection", async () => {
    const ids = await recordClickBatch(database.db, other.programId, [arrival()]);
    expect(await stored(ids)).toEqual([]);
    expect(await stored(ids, other)).toHaveLength(1);
    const left = await database.db.readDirectory((reader) =>
      reader.one<{ scope: string }>(
        sql`select coalesce(current_setting('app.program_id', true), '') as scope`,
      ),
    );
    expect(left.scope).toBe("");
    await expect(recordClickBatch(database.db, "prg_' or true --", [arrival()])).rejects.toThrow();
  });

  it("may not name another program than the one they are written in", async () => {
    const foreign = database.db.writeAtOnce(
      world.programId,
      (scope) => sql`
        insert into clicks (program_id, position, id, link_id, participant_id, occurred_at)
        select ${other.programId}::text, scope.position, 'clk_foreign', 'l', 'p', scope.now from ${scope}`,
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
  });
});
