import { sql } from "kysely";
import type { Query } from "../platform/database.ts";
import type { WireMoney } from "../primitives/money.ts";
import { FunnelAnswer } from "./contract.ts";
import { defineReport } from "./report.ts";

type Row = { metric: string; currency: string; total: string };

/** Rows that the counters may lag behind and are added all the same; the worker counts the rest within moments. */
const TAIL_MAX = 10_000;
const POSITION_MAX = 9_223_372_036_854_775_807n;
/** Two rows for each of a program's currencies, and few beside. */
const ROWS_MAX = 1_000;

/** From a visit to a reward, and what it costs. Every figure is a counter plus its tail, never a count of a table. */
export const funnel = defineReport({
  name: "funnel",
  title: "From visit to reward",
  description: "How many visited a link, joined, qualified and earned a reward, and what is owed for it.",
  answer: FunnelAnswer,
  rowsMax: ROWS_MAX,
  statement: (programId) => sql`
    with counted as (
      select metric, currency, total from program_counts where program_id = ${programId}
      union all
      select metric, currency, added from (${uncounted(programId)}) as fact
    ), funded as (
      select currency, -balance_minor as granted from (${fundingBalances(programId)}) as funding
    )
    select metric, currency, sum(total)::text as total
      from (select metric, currency, total from counted
            union all
            -- Whatever left the program's own purses is owed until it is paid.
            select 'owed', currency, granted from funded
            union all
            select 'owed', currency, -total from counted where metric = 'paid') as figure
     group by metric, currency
     order by metric, currency
     limit ${ROWS_MAX}`,
  answerOf(rows: readonly Row[]) {
    const count = (metric: string): number => Number(rows.find((row) => row.metric === metric)?.total ?? 0);
    const amounts = (metric: string): WireMoney[] =>
      rows
        .filter((row) => row.metric === metric && row.total !== "0")
        .map(({ currency, total }) => ({ amount: Number(total), currency }));
    return {
      clicks: count("clicks"),
      joined: count("joined"),
      referred: count("referred"),
      qualified: count("qualified"),
      rewarded: count("rewarded"),
      purchases: count("purchases"),
      revenue: amounts("revenue"),
      refunded: amounts("refunded"),
      owed: amounts("owed"),
      paid: amounts("paid"),
    };
  },
});

/**
 * What each reader of the log has not come to yet: exact, because counters and cursors move together. The
 * places are worked out first: behind row-level security an index is searched only for values that are plain.
 */
const uncounted = (programId: string): Query => sql`
  with place as materialized (
    select known.reader, coalesce(counted.position, 0) as position, coalesce(counted.row_id, '') as row_id
      from (values ('network'), ('reward-counts'), ('click-counts')) as known (reader)
      left join cursors as counted on counted.program_id = ${programId} and counted.reader = known.reader
  ), tail as materialized (
    select reader, position, row_id,
           coalesce((select log.position
                       from events as log
                      where log.program_id = ${programId} and log.position >= place.position
                        and (log.position, log.id) > (place.position, place.row_id)
                      order by log.position, log.id
                     offset ${TAIL_MAX} limit 1), ${POSITION_MAX}::bigint) as end_position
      from place
  )
  select fact.metric, fact.currency, fact.added
    from tail
    cross join lateral (
      select metric, currency, added
        from program_facts
       where program_id = ${programId} and reader = tail.reader
         and position >= tail.position and (position, row_id) > (tail.position, tail.row_id)
         and position < tail.end_position
       limit ${TAIL_MAX}) as fact`;

const fundingBalances = (programId: string): Query => sql`
  with account as materialized (
    select account.id, account.currency, coalesce(checkpoint.balance_minor, 0) as balance_minor,
           coalesce(checkpoint.position, 0) as since
      from ledger_accounts as account
      left join ledger_checkpoints as checkpoint
        on checkpoint.program_id = account.program_id and checkpoint.account_id = account.id
     where account.program_id = ${programId} and account.owner_id = ${programId} and account.purse in ('funding', 'fx')
  )
  select currency,
         (balance_minor
           + coalesce((select sum(credit.amount_minor) from ledger_transfers as credit
                        where credit.program_id = ${programId} and credit.credit_id = account.id
                          and credit.position >= account.since), 0)
           - coalesce((select sum(debit.amount_minor) from ledger_transfers as debit
                        where debit.program_id = ${programId} and debit.debit_id = account.id
                          and debit.position >= account.since), 0)) as balance_minor
    from account`;
