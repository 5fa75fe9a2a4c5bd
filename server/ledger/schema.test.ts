import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";

const database = useDatabase();

/** SQLSTATE, so that a refusal for another reason than the one meant does not pass. */
const CHECK_VIOLATION = "23514";
const UNIQUE_VIOLATION = "23505";
const NOT_NULL_VIOLATION = "23502";
const NO_PRIVILEGE = "42501";
const OUT_OF_RANGE = "22003";
/** Of a view. */
const NOT_UPDATABLE = "55000";

let world: World;
let neighbour: World;
let anna: Person;
let app: pg.Client;
let owner: pg.Client;
let count = 0;

beforeAll(async () => {
  world = await createWorld(database.db);
  neighbour = await createWorld(database.db);
  for (const place of [neighbour, world]) {
    anna = await place.join("Anna");
    const bob = await place.join("Bob", { under: anna });
    await place.buy(bob, 200_000, { profit: 40_000 });
    await place.work();
  }
  app = await connect(database.app);
  owner = await connect(database.owner);
  for (const client of [app, owner]) await scope(client, world.programId);
});
afterAll(async () => {
  await app.end();
  await owner.end();
});

async function connect(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

const scope = (client: pg.Client, programId: string) =>
  client.query("select set_config('app.program_id', $1, false)", [programId]);

const stateOf = async (client: pg.Client, sql: string, values: unknown[] = []): Promise<string> => {
  try {
    await client.query(sql, values);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const account = (purse: string, currency = "INR", ownerId: string = anna.id) =>
  `acc_${currency}_${purse}_${ownerId}`;

type TransferRow = Record<string, string | number | null>;

/** A transfer that would be accepted, but for what a test changes of it. */
function insertTransfer(client: pg.Client, changes: TransferRow = {}): Promise<string> {
  const key = `attack-${++count}`;
  const row: TransferRow = {
    program_id: world.programId,
    position: 1,
    id: `trf_${key}`,
    idempotency_key: key,
    debit_id: account("pending"),
    credit_id: account("available"),
    amount_minor: 100,
    currency: "INR",
    reason: "released",
    subject_id: "rwd_attack",
    occurred_at: "2026-01-01T00:00:00Z",
    ...changes,
  };
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return stateOf(client, `insert into ledger_transfers (${columns}) values (${places})`, Object.values(row));
}

describe("a transfer", () => {
  it("is accepted when it is sound", async () => {
    expect(await insertTransfer(app)).toBe("accepted");
  });

  const wrong: [what: string, changes: () => TransferRow, state: string][] = [
    ["has one amount: it cannot be posted to one side only", () => ({ credit_id: null }), NOT_NULL_VIOLATION],
    ["has two sides", () => ({ debit_id: null }), NOT_NULL_VIOLATION],
    ["cannot move money within one account", () => ({ credit_id: account("pending") }), CHECK_VIOLATION],
    ["cannot move nothing", () => ({ amount_minor: 0 }), CHECK_VIOLATION],
    ["cannot move a negative amount", () => ({ amount_minor: -1 }), CHECK_VIOLATION],
    ["cannot move more than 10^15 units", () => ({ amount_minor: "1000000000000001" }), CHECK_VIOLATION],
    ["cannot move more than a number holds", () => ({ amount_minor: "9223372036854775808" }), OUT_OF_RANGE],
    [
      "cannot leave an account of another currency",
      () => ({ debit_id: account("pending", "USD") }),
      CHECK_VIOLATION,
    ],
    [
      "cannot reach an account of another currency",
      () => ({ credit_id: account("available", "USD") }),
      CHECK_VIOLATION,
    ],
    ["cannot be in another currency than its accounts", () => ({ currency: "USD" }), CHECK_VIOLATION],
    ["cannot be in a currency that is a pattern", () => ({ currency: "%" }), CHECK_VIOLATION],
    ["cannot be in a currency of lower case", () => ({ currency: "inr" }), CHECK_VIOLATION],
  ];
  it.each(wrong)("%s", async (_what, changes, state) => {
    for (const client of [app, owner]) expect(await insertTransfer(client, changes())).toBe(state);
  });

  it("is posted once under its key, by whomever", async () => {
    for (const client of [app, owner]) {
      const idempotency_key = `twice-${++count}`;
      expect(await insertTransfer(client, { idempotency_key })).toBe("accepted");
      expect(await insertTransfer(client, { idempotency_key, amount_minor: 7 })).toBe(UNIQUE_VIOLATION);
    }
  });

  it.each([
    ["changed", "update ledger_transfers set amount_minor = 1"],
    ["changed in its reason", "update ledger_transfers set reason = 'because'"],
    ["deleted", "delete from ledger_transfers"],
    ["truncated", "truncate ledger_transfers"],
    ["dropped", "drop table ledger_transfers"],
    ["freed of its checks", "alter table ledger_transfers drop constraint ledger_transfers_check"],
    ["given a trigger", "create trigger t before insert on ledger_transfers execute function now()"],
    ["replaced by a copy", "alter table ledger_transfers rename to kept"],
    ["changed through its entries", "update ledger_entries set amount_minor = 1"],
    [
      "overwritten on conflict",
      "insert into ledger_transfers select * from ledger_transfers on conflict (program_id, idempotency_key) do update set amount_minor = 1",
    ],
  ])("cannot be %s by the application", async (_what, sql) => {
    const before = await owner.query("select count(*), sum(amount_minor) from ledger_transfers");
    expect([NO_PRIVILEGE, NOT_UPDATABLE]).toContain(await stateOf(app, sql));
    const after = await owner.query("select count(*), sum(amount_minor) from ledger_transfers");
    expect(after.rows).toEqual(before.rows);
  });

  it("cannot be written into another program", async () => {
    expect(await insertTransfer(app, { program_id: neighbour.programId })).toBe(NO_PRIVILEGE);
  });
});

describe("an account", () => {
  const insert = (
    client: pg.Client,
    id: string,
    purse: string,
    currency: string,
    programId = world.programId,
  ) =>
    stateOf(
      client,
      "insert into ledger_accounts (program_id, id, owner_id, purse, currency) values ($1, $2, $3, $4, $5)",
      [programId, id, "par_somebody", purse, currency],
    );

  it("is named by its currency, purse and owner, and by nothing else", async () => {
    expect(await insert(app, "acc_INR_pending_par_somebody", "pending", "USD")).toBe(CHECK_VIOLATION);
    expect(await insert(app, "acc_INR_pending_par_somebody", "available", "INR")).toBe(CHECK_VIOLATION);
    expect(await insert(app, "acc_INR_pending_par_other", "pending", "INR")).toBe(CHECK_VIOLATION);
    expect(await insert(app, "acc_INR_pocket_par_somebody", "pocket", "INR")).toBe(CHECK_VIOLATION);
    expect(await insert(app, "acc_INR_pending_par_somebody", "pending", "INR")).toBe("accepted");
    expect(await insert(app, "acc_INR_pending_par_somebody", "pending", "INR")).toBe(UNIQUE_VIOLATION);
  });

  it("cannot be changed, deleted or opened in another program", async () => {
    expect(await stateOf(app, "update ledger_accounts set currency = 'USD'")).toBe(NO_PRIVILEGE);
    expect(await stateOf(app, "delete from ledger_accounts")).toBe(NO_PRIVILEGE);
    const id = "acc_INR_held_par_somebody";
    expect(await insert(app, id, "held", "INR", neighbour.programId)).toBe(NO_PRIVILEGE);
  });
});

describe("an entry", () => {
  it("adds on the credit side and takes on the debit side, so that all add up to zero", async () => {
    const { rows } = await app.query("select count(*)::int, sum(amount_minor)::int from ledger_entries");
    const transfers = await app.query("select count(*)::int from ledger_transfers");
    expect(rows).toEqual([{ count: 2 * transfers.rows[0].count, sum: 0 }]);
  });

  it("of another program is not seen, also not through the view", async () => {
    const seen = await app.query("select distinct program_id from ledger_entries");
    expect(seen.rows).toEqual([{ program_id: world.programId }]);
  });
});
