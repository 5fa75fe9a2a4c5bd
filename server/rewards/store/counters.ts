import { type RawBuilder, sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import { tableOf } from "../../platform/rows.ts";
import type { CounterUse } from "../counter.ts";

export type CounterRow = { key: string; value: bigint };

/** What the books say a counter that knows the whole history begins with; others begin at zero. */
const beginningOf = (programId: string | null, key: RawBuilder<unknown>) => sql`
  case split_part(${key}, ':', 1)
    when 'nth' then (
      select count(*) from conversions
       where program_id = ${programId} and participant_id = split_part(${key}, ':', 2)
         and kind = split_part(${key}, ':', 3) and status = 'settled')
    when 'qualified' then (
      select count(*) from referrals
       where program_id = ${programId} and advocate_id = split_part(${key}, ':', 2)
         and status in ('qualified', 'rewarded'))
    when 'points' then (
      select coalesce(sum(amount_minor - reversed_minor), 0) from rewards
       where program_id = ${programId} and participant_id = split_part(${key}, ':', 2)
         and currency = 'PTS' and status <> 'cancelled')
    else 0
  end`;

/**
 * One lock for all counters of a program, until the transaction ends: they are few statements away from the commit, and
 * whoever buys under the same people would wait for the same rows anyway.
 */
export const lockCounters = (tx: Tx) =>
  tx.send(sql`select pg_advisory_xact_lock(hashtextextended(${`counters ${tx.programId}`}, 0))`);

/**
 * Begins counters that are not there yet. What knows the whole history begins with what the books say; caps and
 * promotions begin at zero.
 */
export const insertCounters = (tx: Tx, keys: readonly string[]) =>
  tx.many<CounterRow>(sql`
    insert into settlement_counters (program_id, key, value)
    select ${tx.programId}, asked.key,
           ${beginningOf(tx.programId, sql.ref("asked.key"))}
      from unnest(${keys}::text[]) as asked (key)
    returning key, value`);

/** Counters of these kinds that are there again say what the books say now. */
export const renewCounters = (tx: Tx, kinds: readonly string[]) =>
  tx.run(sql`
    update settlement_counters
       set value = ${beginningOf(tx.programId, sql.ref("settlement_counters.key"))}
     where program_id = ${tx.programId} and split_part(key, ':', 1) = any(${kinds})`);

/** Only those that are there: what was never asked for will begin with what the books say by then. */
export const addToCounters = (tx: Tx, uses: readonly CounterUse[]) =>
  tx.send(sql`
    update settlement_counters
       set value = settlement_counters.value + used.amount
      from ${tableOf("used", { key: "id", amount: "bigint" }, uses)}
     where settlement_counters.program_id = ${tx.programId} and settlement_counters.key = used.key`);

/** The database's clock as the reader sees it. */
export const readMoment = (reader: Reader) => reader.one<{ now: Date }>(sql`select now() as now`);

export const listCounters = (reader: Reader, after: string, limit: number) =>
  reader.many<CounterRow>(sql`
    select key, value from settlement_counters
     where program_id = ${reader.programId} and key > ${after}
     order by key
     limit ${limit}`);

/** In no order: there may be hundreds of them, and each is looked for by its key. */
export const listCountersOf = (reader: Reader, keys: readonly string[]) =>
  reader.many<CounterRow>(sql`
    select key, value from settlement_counters
     where program_id = ${reader.programId} and key = any(${keys})`);
