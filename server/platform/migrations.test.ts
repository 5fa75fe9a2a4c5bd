import pg from "pg";
import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, World } from "../../tests/support/world.ts";
import { Database } from "./database.ts";
import { fromRoot } from "./installation.ts";
import { migrate } from "./migrations.ts";

const database = useDatabase();
const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const PURCHASES = 3;
const AHEAD = 1_000_000;

it("continues above every position when the data has moved to another cluster", async () => {
  const world = await createWorld(database.db);
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna });
  for (let i = 0; i < PURCHASES; i++) await world.buy(bob, 200_000, { profit: 40_000 });
  await world.work();
  // A day without a sale: readers have looked far beyond the last thing that was written.
  const owner = new pg.Client(database.owner);
  await owner.connect();
  await owner.query("select set_config('app.program_id', $1, false)", [world.programId]);
  await owner.query("update cursors set position = position + $1 where reader = 'ledger-checkpoints'", [
    AHEAD,
  ]);
  // Checkpoints are drawn by chance; here each account needs one.
  await owner.query(`
    insert into ledger_checkpoints (program_id, account_id, position, balance_minor, entries)
    select program_id, account_id, max(position) + 1, sum(amount_minor), count(*)
      from ledger_entries
     group by program_id, account_id
    on conflict do nothing`);
  const moved = await owner.query("update ledger_checkpoints set position = position + $1", [AHEAD]);
  await owner.query("update installation set cluster = 'another'");
  await owner.end();
  expect(moved.rowCount).toBeGreaterThan(0);
  const migrations = fromRoot("database", "migrations");
  const appPassword = String(database.app.password);
  await migrate({ owner: database.owner, folder: migrations, log, appPassword });
  const db = new Database({ connection: database.app, poolSize: 2, preparedStatements: true, log });
  const there = new World(db, world.programId, world.currency);
  const [before] = await there.balances(anna);
  await there.buy(bob, 200_000, { profit: 40_000, externalId: "after the move" });
  const [after] = await there.balances(anna);
  await db.close();
  expect(after?.pending).toBe((before?.pending ?? 0) + 2_000);
});
