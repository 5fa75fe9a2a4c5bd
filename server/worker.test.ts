import pg from "pg";
import { expect, it } from "vitest";
import { useDatabase } from "../tests/support/database.ts";
import { createWorld, type World } from "../tests/support/world.ts";
import { findNetworkCounts } from "./referrals/find-network-counts.ts";
import { startWorker } from "./worker.ts";

const database = useDatabase();
const nothing = () => {};
const bus = { publish: nothing, subscribe: () => nothing, close: async () => {} };
const WAIT = { timeout: 10_000 };

it("goes on with the next program where the work in one fails", async () => {
  const failures: string[] = [];
  const error = (fields: object) => void failures.push(String((fields as { error?: unknown }).error));
  const log = { debug: nothing, info: nothing, warn: nothing, error };
  const countOf = async (world: World, id: string) =>
    (await world.read((db) => findNetworkCounts(db, [id]))).get(id);
  const ill = await createWorld(database.db);
  const well = await createWorld(database.db);
  const [, anna] = [await ill.join("Asha"), await well.join("Anna")];
  await ill.join("Ben", { under: await ill.join("Chen") });
  await well.join("Bob", { under: anna });
  const owner = new pg.Client(database.owner);
  await owner.connect();
  await owner.query(`
    create function refuse_ill() returns trigger language plpgsql as $$ begin
      if new.program_id = '${ill.programId}' then raise exception 'a fault in one program'; end if;
      return new;
    end $$;
    create trigger refuse_ill before insert on network_counts for each row execute function refuse_ill()`);
  await owner.end();
  const worker = await startWorker({
    db: database.db,
    bus,
    log,
    plans: well.plans,
    app: database.app,
    mails: null,
    hashingKey: "the key of a test",
    publicUrl: () => "http://refer.example",
  });
  await expect.poll(() => countOf(well, anna.id), WAIT).toBe(1);
  await worker.close();
  expect(failures.join()).toContain(ill.programId);
});
