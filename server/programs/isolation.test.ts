import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { createApiKey } from "../access/create-api-key.ts";
import { findConversions } from "../conversions/find-conversions.ts";
import { findBalances } from "../ledger/find-balances.ts";
import { findPersons } from "../participants/find-persons.ts";
import { recordSignIn } from "../participants/record-sign-in.ts";
import { setOpenPlaces } from "../participants/set-open-places.ts";
import { createPlan } from "../rewards/create-plan.ts";
import { launchPromotion } from "../rewards/launch-promotion.ts";
import { twoLevel } from "../rewards/templates/two-level.ts";
import { DIRECTORY_TABLES } from "./directory.ts";
import { findProgram } from "./find-program.ts";

const database = useDatabase();
const REFUSED = "42501";
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000);
const LONG_BEFORE = new Date(Date.now() - 60 * 86_400_000);

type Table = { name: string; isForced: boolean };

let own: World;
let foreign: World;
let app: pg.Client;
let owner: pg.Client;
let guarded: string[];

/** Rows in every table a program has. */
async function fill(world: World): Promise<void> {
  const anna = await world.join("Anna", { externalId: "anna" });
  const bob = await world.join("Bob", { under: anna, click: await world.visit(anna) });
  const carol = await world.join("Carol", { under: bob });
  await world.buy(carol, 200_000, { at: LONG_AGO, externalId: "order" });
  await world.refund(await world.buy(bob, 300_000));
  for (let n = 0; n < 70; n++) await world.buy(bob, 200_000, { at: LONG_AGO });
  await world.work();
  await world.write(async (tx) => {
    await createApiKey(
      tx,
      world.programId,
      { name: "key", scopes: ["read"], livemode: true },
      { actor: { kind: "system" }, requestId: null },
    );
    await createPlan(tx, twoLevel.document(world.currency));
    await tx.run(sql`
      insert into idempotency_keys (program_id, key, fingerprint, status, body)
      values (${tx.programId}, 'a-key', 'f', 200, '{}')`);
    await setOpenPlaces(tx, true);
    await recordSignIn(tx, anna.id);
    for (const statement of REST) await tx.run(statement(tx.programId ?? ""));
    await tx.run(sql`
      insert into nudges (program_id, referee_id, nudged_at, count) values (${tx.programId}, ${bob.id}, now(), 1)`);
    await tx.run(sql`
      insert into claims (program_id, id, participant_id, code, state, expires_at)
      values (${tx.programId}, 'clm_1', ${anna.id}, 'abc', 'open', '2999-01-01')`);
    await launchPromotion(tx, {
      name: "Double",
      starts_at: "2999-01-01T00:00:00",
      ends_at: "2999-02-01T00:00:00",
      multiplier: "200",
    });
  });
  await world.publish({
    ...(twoLevel.document(world.currency) as object),
    examples: [],
    caps: [{ id: "once", scope: "participant", period: "ever", amount: { amount: 1, currency: "CPN" } }],
    rules: [
      {
        ...{ id: "welcome", rule: "coupon", on: "purchase", levels: [{ level: 1 }] },
        ...{ label: "A tenth less", value: { percent: "10" }, expires_days: 30 },
      },
    ],
  });
  await world.buy(bob, 100_000);
}

/** One row each for tables that none of the above reaches. */
const REST = [
  (programId: string) => sql`
    insert into invitations (program_id, id, inviter_id, link_id, channel, state, language, expires_at)
    values (${programId}, 'inv_1', 'par_1', 'lnk_1', 'link', 'sent', 'en', '2999-01-01')`,
  (programId: string) => sql`
    insert into invitation_identities (program_id, invitation_id, email, name, message)
    values (${programId}, 'inv_1', 'someone@friends.example', 'Someone', '')`,
  (programId: string) => sql`
    insert into invitation_allowances (program_id, counted, day, used) values (${programId}, 'program', '2026-01-01', 1)`,
  (programId: string) => sql`
    insert into invitation_batches (program_id, id, inviter_id, name, state, columns, mapping, message, language,
           expires_days, is_limited)
    values (${programId}, 'ivb_1', 'par_1', 'A list', 'draft', '[]', '{}', '', 'en', 30, true)`,
  (programId: string) => sql`
    insert into invitation_batch_rows (program_id, batch_id, number, cells, email, name, message, language)
    values (${programId}, 'ivb_1', 1, '[]', 'someone@friends.example', 'Someone', '', 'en')`,
  (programId: string) => sql`
    insert into invitation_terms (program_id, terms) values (${programId}, '{}')`,
  (programId: string) => sql`
    insert into reassignment_proposals (program_id, id, referee_id, advocate_id, reason, state, money, proposed_by)
    values (${programId}, 'rap_1', 'par_1', 'par_2', 'a mistake', 'proposed', '[]', 'usr_1')`,
  (programId: string) => sql`
    insert into reassignments (program_id, id, referral_id, referee_id, advocate_id, reason, money)
    values (${programId}, 'ras_1', 'ref_1', 'par_1', 'par_2', 'a mistake', '[]')`,
  (programId: string) => sql`
    insert into former_settlements (program_id, conversion_id, number, settlement, reassignment_id)
    values (${programId}, 'cnv_1', 1, '{}', 'ras_1')`,
  (programId: string) => sql`
    insert into former_uplines (program_id, participant_id, reassignment_id, upline)
    values (${programId}, 'par_1', 'ras_1', '{}')`,
  (programId: string) => sql`
    insert into coupons (program_id, code, reward_id, participant_id, label, value)
    values (${programId}, 'CODE', 'rwd_1', 'par_1', 'A tenth off', '{"percent": "10"}')`,
  (programId: string) => sql`
    insert into exchange_rates (program_id, id, currency, rate, valid_from, source)
    values (${programId}, 'fxr_1', 'USD', 83.5, '2026-01-01', 'a bank')`,
  (programId: string) => sql`
    insert into plan_acknowledgements (program_id, plan_hash, code, reason, actor_kind)
    values (${programId}, 'hash', 'no_hold', 'we know', 'system')`,
  (programId: string) => sql`
    insert into redemptions (program_id, id, participant_id, currency, amount_minor, parts, status)
    values (${programId}, 'rdm_1', 'par_1', 'PTS', 1, '[]', 'redeemed')`,
  (programId: string) => sql`
    insert into ledger_exchanges (program_id, transfer_id, rate_id, rate, valid_from, source)
    values (${programId}, 'trf_1', 'fxr_1', 83.5, '2026-01-01', 'a bank')`,
  (programId: string) => sql`
    insert into ledger_checkpoints (program_id, account_id, position, balance_minor, entries)
    values (${programId}, 'acc_INR_pending_par_1', 1, 0, 0)`,
  (programId: string) => sql`
    insert into replays (program_id, id, plan_id, plan_hash, document, source, state)
    values (${programId}, 'rpl_1', 'pln_1', 'hash', '{}', '{}', 'queued')`,
  (programId: string) => sql`
    insert into email_verifications (program_id, participant_id, token_hash, code_hash, sent_at, expires_at)
    values (${programId}, 'par_1', 'hash', 'hash', now(), now())`,
  (programId: string) => sql`
    insert into program_brands (program_id, version, updated_at) values (${programId}, '1', now())`,
  (programId: string) => sql`
    insert into notification_preferences (program_id, participant_id, choices, updated_at)
    values (${programId}, 'par_1', '{}', now())`,
  (programId: string) => sql`
    insert into mails (program_id, id, key, message, language, facts, to_address, domain, state, send_at,
           next_attempt_at, created_at)
    values (${programId}, 'mal_1', 'key', 'sign_in_link', 'en', '{}', 'a@b.example', 'b.example', 'queued', now(), now(),
            now())`,
  (programId: string) => sql`
    insert into mail_settings (program_id, from_name) values (${programId}, 'Us')`,
  (programId: string) => sql`
    insert into suppressions (program_id, id, recipient_hash, scope, reason, created_at)
    values (${programId}, 'sup_1', 'hash', 'all', 'manual', now())`,
  (programId: string) => sql`
    insert into templates (program_id, message, language, version, words, created_at)
    values (${programId}, 'invitation', 'en', 1, '{}', now())`,
];

beforeAll(async () => {
  own = await createWorld(database.db, { joinedAt: LONG_BEFORE });
  foreign = await createWorld(database.db, { joinedAt: LONG_BEFORE });
  await fill(own);
  await fill(foreign);
  app = new pg.Client(database.app);
  owner = new pg.Client(database.owner);
  await app.connect();
  await owner.connect();
  guarded = (await tablesWithProgram()).filter(({ isForced }) => isForced).map(({ name }) => name);
});
afterAll(async () => {
  await app.end();
  await owner.end();
});

async function tablesWithProgram(): Promise<Table[]> {
  const { rows } = await owner.query<Table>(`
    select class.oid::regclass::text as name, relrowsecurity and relforcerowsecurity as "isForced"
      from pg_class as class
      join pg_attribute as attribute on attrelid = class.oid and attname = 'program_id' and not attisdropped
     where relkind in ('r', 'p')
     order by 1`);
  return rows;
}

const inProgram = (programId: string) =>
  app.query("select set_config('app.program_id', $1, false)", [programId]);

async function attempt(statement: string, values: unknown[] = []): Promise<string | number> {
  try {
    return (await app.query(statement, values)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** One whole row of the foreign program, as nobody but the owner can read it. */
async function foreignRow(table: string): Promise<unknown> {
  const { rows } = await owner.query(
    `select to_jsonb(t) as row from ${table} as t where program_id = $1 limit 1`,
    [foreign.programId],
  );
  return rows[0]?.row;
}

describe("every table that names a program", () => {
  it("forces row-level security, or is a directory that is looked up before the program is known", async () => {
    const tables = await tablesWithProgram();
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter(({ isForced }) => !isForced).map(({ name }) => name)).toEqual([...DIRECTORY_TABLES]);
  });

  it("holds rows of both programs here, so that what follows is not about empty tables", async () => {
    const empty: string[] = [];
    for (const table of guarded) {
      const { rows } = await owner.query(`select count(distinct program_id)::int as programs from ${table}`);
      if (rows[0].programs !== 2) empty.push(table);
    }
    expect(empty).toEqual([]);
  });

  it("shows no row of another program, whatever is asked", async () => {
    await inProgram(own.programId);
    for (const table of guarded) {
      const { rows } = await app.query(`select distinct program_id from ${table}`);
      expect([table, rows]).toEqual([table, [{ program_id: own.programId }]]);
      expect([
        table,
        await attempt(`select from ${table} where program_id = $1`, [foreign.programId]),
      ]).toEqual([table, 0]);
      // A function that tells what it is shown, cheap enough to be asked first.
      const leak = await attempt(`select from ${table} where program_id <> $1 and length(program_id) > 0`, [
        own.programId,
      ]);
      expect([table, leak]).toEqual([table, 0]);
    }
  });

  it("shows nothing at all outside a program", async () => {
    for (const scope of ["", "prg_unknown", "%"]) {
      await inProgram(scope);
      for (const table of guarded) expect([table, await attempt(`select from ${table}`)]).toEqual([table, 0]);
    }
    await app.query("reset app.program_id");
    for (const table of guarded) expect([table, await attempt(`select from ${table}`)]).toEqual([table, 0]);
  });

  it("takes no row for another program", async () => {
    await inProgram(own.programId);
    for (const table of guarded) {
      const row = await foreignRow(table);
      const inserted = await attempt(
        `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`,
        [row],
      );
      expect([table, inserted]).toEqual([table, REFUSED]);
    }
  });

  it("gives no row away to another program, and changes or deletes none of its", async () => {
    await inProgram(own.programId);
    for (const table of guarded) {
      const kept = await owner.query(
        `select count(*), md5(string_agg(t::text, '' order by t::text)) from ${table} as t`,
      );
      const given = await attempt(`update ${table} set program_id = $1`, [foreign.programId]);
      expect([table, given]).toEqual([table, REFUSED]);
      for (const statement of [
        `update ${table} set program_id = program_id where program_id = $1`,
        `delete from ${table} where program_id = $1`,
      ])
        expect([0, REFUSED]).toContain(await attempt(statement, [foreign.programId]));
      expect(await attempt(`truncate ${table}`)).toBe(REFUSED);
      const left = await owner.query(
        `select count(*), md5(string_agg(t::text, '' order by t::text)) from ${table} as t`,
      );
      expect([table, left.rows]).toEqual([table, kept.rows]);
    }
  });
});

describe("the application's role", () => {
  it("cannot step around the policies", async () => {
    await inProgram(own.programId);
    for (const statement of [
      "alter table participants no force row level security",
      "alter table participants disable row level security",
      "drop policy program_scope on participants",
      "create policy open_door on participants using (true)",
      "alter role current_user bypassrls",
      "alter role current_user superuser",
      `set role ${(database.owner.user ?? "").replace(/\W/g, "")}`,
      "create table copy_of_all as select * from participants",
      "create function f() returns int language sql security definer as 'select 1'",
    ])
      expect([statement, await attempt(statement)]).toEqual([statement, REFUSED]);
    await app.query("set row_security = off");
    expect(await attempt("select from participants")).toBe(REFUSED);
    await app.query("set row_security = on");
  });
});

describe("the verbs of one program", () => {
  it("find nothing of another, also where they are given its ids", async () => {
    const persons = await foreign.read((reader) =>
      reader.many<{ id: string }>(sql`select id from participants order by id`),
    );
    const ids = persons.map(({ id }) => id);
    expect(ids).toHaveLength(3);
    await own.read(async (reader) => {
      expect(await findPersons(reader, ids)).toEqual(new Map());
      expect(await findBalances(reader, ids[0] ?? "")).toEqual([]);
      const filter = { participantId: ids[1] ?? "", after: null, before: null, limit: 10 };
      expect(await findConversions(reader, filter)).toEqual([]);
      expect((await findProgram(reader)).programId).toBe(own.programId);
    });
  });

  it("find nothing even where a statement names the other program itself", async () => {
    const rows = await own.read((reader) =>
      reader.many(sql`select id from participants where program_id = ${foreign.programId}`),
    );
    expect(rows).toEqual([]);
  });

  it("cannot buy for a participant of another", async () => {
    const [person] = await foreign.read((reader) =>
      reader.many<{ id: `par_${string}` }>(sql`select id from participants`),
    );
    await expect(own.buy({ id: person?.id ?? "par_" }, 200_000)).rejects.toThrow("participant_not_found");
  });

  it("use the same external ids without meeting", async () => {
    const counts = await own.read((reader) =>
      reader.many(sql`select external_id from conversions where external_id = 'order'`),
    );
    expect(counts).toHaveLength(1);
  });
});
