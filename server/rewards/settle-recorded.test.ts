import pg from "pg";
import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld } from "../../tests/support/world.ts";
import { findConversion } from "../conversions/find-conversion.ts";
import { recordUnsettled } from "./record-unsettled.ts";
import { settleRecorded } from "./settle-recorded.ts";

const database = useDatabase();

it("settles the others where one fails again", async () => {
  const world = await createWorld(database.db);
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna });
  for (const externalId of ["first", "bad", "last"]) {
    const report = {
      ...{ kind: "purchase", externalId, participant: bob.id, fingerprint: externalId },
      ...{ amount: { minor: 200_000n, currency: "INR" }, profit: null },
      ...{ occurredAt: null, product: null, metadata: null },
    };
    await world.write((tx) => recordUnsettled(tx, { report, actor: { kind: "system" }, requestId: "req" }));
  }
  const owner = new pg.Client(database.owner);
  await owner.connect();
  await owner.query(`
    create function refuse_bad() returns trigger language plpgsql as $$ begin
      if new.external_id = 'bad' then raise exception 'a fault in one of them'; end if;
      return new;
    end $$;
    create trigger refuse_bad before update on conversions for each row execute function refuse_bad()`);
  await owner.end();
  await expect(settleRecorded(world.db, world.programId, world.plans)).rejects.toThrow("1 conversions");
  const statusOf = async (ref: string) => (await world.read((reader) => findConversion(reader, ref))).status;
  expect([await statusOf("ext:first"), await statusOf("ext:bad"), await statusOf("ext:last")]).toEqual([
    "settled",
    "recorded",
    "settled",
  ]);
});
