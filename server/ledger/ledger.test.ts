import { sql } from "kysely";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { scansOf } from "../../tests/support/plan.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import type { Reader } from "../platform/database.ts";
import { accountId } from "./account.ts";
import { type Entry, formatEntryPlace } from "./entry.ts";
import { findBalances } from "./find-balances.ts";
import { findEntries } from "./find-entries.ts";
import { findStatement } from "./find-statement.ts";
import { postTransfers } from "./post-transfers.ts";
import { transferOf } from "./transfer.ts";

const database = useDatabase();
const OWNER = "par_01hzzzzzzzzzzzzzzzzzzzzzzz";
let count = 0;

type Purse = Parameters<typeof accountId>[1];

/** Moves `amount` from one purse of the owner to another, or from the program. */
async function move(world: World, amount: number, from: Purse, to: Purse): Promise<void> {
  const side = (purse: Purse) => ({ ownerId: purse === "funding" ? world.programId : OWNER, purse });
  await world.write((tx) =>
    postTransfers(tx, [
      transferOf({
        idempotencyKey: `move-${++count}`,
        from: side(from),
        to: side(to),
        amount: { minor: BigInt(amount), currency: "INR" },
        reason: "granted",
        subjectId: "rwd_1",
        occurredAt: tx.now,
      }),
    ]),
  );
}

const balanceOf = (world: World) => world.read((reader) => findBalances(reader, OWNER));

/** Writes a checkpoint for every account of the program, as of now. */
async function checkpointAll(world: World): Promise<void> {
  await world.write((tx) =>
    tx.run(sql`
      insert into ledger_checkpoints (program_id, account_id, position, balance_minor, entries)
      select program_id, account_id, max(position) + 1, sum(amount_minor), count(*)
        from ledger_entries
       where program_id = ${tx.programId}
       group by program_id, account_id
      on conflict (program_id, account_id) do update
         set position = excluded.position, balance_minor = excluded.balance_minor, entries = excluded.entries`),
  );
}

describe("a balance", () => {
  it("is the sum of the entries, by purse and currency", async () => {
    const world = await createWorld(database.db);
    expect(await balanceOf(world)).toEqual([]);
    await move(world, 700, "funding", "pending");
    await move(world, 500, "pending", "available");
    await move(world, 900, "available", "funding");
    expect(await balanceOf(world)).toEqual([
      { currency: "INR", pending: 200, available: -400, held: 0, paid: 0 },
    ]);
  });

  it("is the same with checkpoints as without, whenever they were made", async () => {
    const world = await createWorld(database.db);
    let expected = 0;
    for (let step = 1; step <= 12; step++) {
      await move(world, step, "funding", "pending");
      await move(world, 1, "pending", "available");
      expected += step - 1;
      if (step % 3 === 0) await checkpointAll(world);
      expect(await balanceOf(world)).toMatchObject([{ pending: expected, available: step }]);
    }
    const checkpointed = await balanceOf(world);
    await world.write((tx) => tx.run(sql`delete from ledger_checkpoints where program_id = ${tx.programId}`));
    expect(await balanceOf(world)).toEqual(checkpointed);
  });

  it("is right again after the worker has written checkpoints of a busy account", async () => {
    const world = await createWorld(database.db);
    await fill(world, 2_000);
    await world.work();
    const checkpoints = await world.read((reader) =>
      reader.many<{ entries: bigint }>(sql`
        select entries from ledger_checkpoints where program_id = ${reader.programId} order by account_id`),
    );
    expect(checkpoints).toEqual([{ entries: 2_000n }, { entries: 2_000n }]);
    await move(world, 5, "funding", "pending");
    expect(await balanceOf(world)).toMatchObject([{ pending: 2_005 }]);
  });

  it("reads the checkpoint and the entries after it, never the history before", async () => {
    const world = await createWorld(database.db);
    await fill(world, 40_000);
    await checkpointAll(world);
    await move(world, 5, "funding", "pending");
    expect(await balanceOf(world)).toMatchObject([{ pending: 40_005 }]);
    const scans = await transferScans(world, (reader) => findBalances(reader, OWNER));
    expect(scans.map(({ node }) => node)).toEqual(["Index Scan", "Index Scan"]);
    expect(rowsOf(scans)).toBe(1);
  });
});

/** Transfers that share a position, as those of one transaction do. */
const TOGETHER = 100;

/** Many transfers to one account in one statement, as if by many transactions. */
async function fill(world: World, transfers: number): Promise<void> {
  await move(world, 1, "funding", "pending");
  await world.write((tx) =>
    tx.run(sql`
      insert into ledger_transfers (program_id, position, id, idempotency_key, debit_id, credit_id, amount_minor, currency,
                                    reason, subject_id, occurred_at)
      select ${tx.programId}, ${tx.position}::bigint - n / ${TOGETHER}::int, 'trf_' || to_char(n, 'FM00000000000000000000000000'), 'fill-' || n,
             ${accountId("INR", "funding", world.programId)}, ${accountId("INR", "pending", OWNER)}, 1, 'INR', 'granted',
             'rwd_1', now()
        from generate_series(2, ${transfers}::int) as n`),
  );
  const owner = new pg.Client(database.owner);
  await owner.connect();
  await owner.query("vacuum analyze ledger_transfers");
  await owner.end();
}

const transferScans = async (world: World, work: (reader: Reader) => Promise<unknown>) =>
  (await scansOf(world, work)).filter(({ table }) => table === "ledger_transfers");

const rowsOf = (scans: readonly { rows: number }[]) => scans.reduce((sum, { rows }) => sum + rows, 0);

describe("entries", () => {
  it("come newest first, page by page in both directions, none twice and none left out", async () => {
    const world = await createWorld(database.db);
    for (let step = 1; step <= 5; step++) {
      await move(world, step * 10, "funding", "pending");
      await move(world, step, "pending", "available");
    }
    const all = await page(world, { limit: 100 });
    expect(all).toHaveLength(15);
    expect(all.reduce((sum, entry) => sum + entry.amountMinor, 0n)).toBe(150n);
    expect([...all].sort(byPlace).reverse()).toEqual(all);

    for (const limit of [1, 2, 3, 4]) {
      const forward: Entry[] = [];
      for (let after: string | null = null; ; after = formatEntryPlace(forward.at(-1) as Entry)) {
        const next = await page(world, { after, limit });
        if (next.length === 0) break;
        forward.push(...next);
      }
      expect(forward).toEqual(all);

      const backward: Entry[] = [all.at(-1) as Entry];
      for (;;) {
        const next = await page(world, { before: formatEntryPlace(backward.at(-1) as Entry), limit });
        if (next.length === 0) break;
        backward.push(...next);
      }
      expect(backward.reverse()).toEqual(all);
    }
  });

  it("of a long history are read page by page, not all at once", async () => {
    const world = await createWorld(database.db);
    await fill(world, 40_000);
    const first = await page(world, { limit: 20 });
    const after = formatEntryPlace(first.at(-1) as Entry);
    for (const place of [{ after: null }, { after }]) {
      const scans = await transferScans(world, (reader) =>
        findEntries(reader, OWNER, { before: null, limit: 20, ...place }),
      );
      expect(scans.map(({ node }) => node)).toEqual(["Index Scan", "Index Scan"]);
      // Those of one position are put in order as they are read.
      expect(rowsOf(scans)).toBeLessThanOrEqual(20 + 2 * TOGETHER);
    }
  });

  it("are not found with a cursor somebody made up", async () => {
    const world = await createWorld(database.db);
    await expect(page(world, { after: "1-trf_x", limit: 1 })).rejects.toThrow("invalid_cursor");
  });
});

const page = (world: World, wanted: { after?: string | null; before?: string | null; limit: number }) =>
  world.read((reader) => findEntries(reader, OWNER, { after: null, before: null, ...wanted }));

function byPlace(a: Entry, b: Entry): number {
  const [x, y] = [a, b].map(
    ({ position, transferId, side }) => `${String(position).padStart(20)} ${transferId} ${side}`,
  );
  return (x ?? "") < (y ?? "") ? -1 : 1;
}

describe("a statement", () => {
  const march = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-04-01T00:00:00Z") };

  it("leads from the opening to the closing balance, entry by entry", async () => {
    const world = await createWorld(database.db);
    await move(world, 1_000, "funding", "pending");
    await move(world, 400, "pending", "available");
    await move(world, 70, "funding", "pending");
    await recordedAt(["2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"]);
    const { opening, entries, closing, hasMore } = await world.read((reader) =>
      findStatement(reader, OWNER, march),
    );
    expect(opening).toEqual([{ currency: "INR", pending: 1_000, available: 0, held: 0, paid: 0 }]);
    expect(entries.map(({ purse, amountMinor }) => [purse, amountMinor])).toEqual([
      ["available", 400n],
      ["pending", -400n],
    ]);
    expect(closing).toEqual([{ currency: "INR", pending: 600, available: 400, held: 0, paid: 0 }]);
    expect(hasMore).toBe(false);
  });

  it("is empty for somebody without entries", async () => {
    const world = await createWorld(database.db);
    const statement = await world.read((reader) => findStatement(reader, OWNER, march));
    expect(statement).toMatchObject({ opening: [], entries: [], closing: [], hasMore: false });
  });
});

/** Lets the last transfers have been recorded at these times. */
async function recordedAt(times: string[]): Promise<void> {
  const owner = new pg.Client(database.owner);
  await owner.connect();
  for (const [index, time] of times.entries())
    await owner.query("update ledger_transfers set recorded_at = $1 where idempotency_key = $2", [
      time,
      `move-${count - times.length + 1 + index}`,
    ]);
  await owner.end();
}
