import { type RawBuilder, sql } from "kysely";
import { andAll } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { ConversionRow } from "../conversion.ts";
import type { HistoryConversion, HistoryRange, HistoryRefund } from "../conversion-history.ts";
import { CONVERSION_COLUMNS } from "../store.ts";

function inRange({ from, to, before }: HistoryRange): RawBuilder<unknown> {
  return andAll([
    sql`recorded_at < ${before}`,
    from === null ? null : sql`occurred_at >= ${from}`,
    to === null ? null : sql`occurred_at < ${to}`,
  ]);
}

const firstSettlement = sql`coalesce((
             select former.settlement from former_settlements as former
              where former.program_id = conversions.program_id and former.conversion_id = conversions.id
                and former.number = 1), settlement)`;

export const listHistory = (reader: Reader, after: string, range: HistoryRange, limit: number) =>
  reader.many<HistoryConversion>(sql`
    select id, participant_id, kind, amount_minor, profit_minor, currency, product, plan_version,
           ${range.isAtFirst ? firstSettlement : sql`settlement`} as settlement, occurred_at, recorded_at,
           exists (select from refunds
                    where refunds.program_id = conversions.program_id
                      and refunds.conversion_id = conversions.id) as is_refunded
      from conversions
     where program_id = ${reader.programId} and status = 'settled' and id > ${after} ${inRange(range)}
     order by id
     limit ${limit}`);

export const countHistory = async (reader: Reader, range: HistoryRange) =>
  (
    await reader.one<{ rows: number }>(sql`
      select count(*)::int as rows from conversions
       where program_id = ${reader.programId} and status = 'settled' ${inRange(range)}`)
  ).rows;

/** By the millisecond, which is all that a place in the history can name. */
export const listRefundSteps = (
  reader: Reader,
  after: { at: Date; id: string },
  before: Date,
  limit: number,
) =>
  reader.many<HistoryRefund>(sql`
    select id, conversion_id, added_minor, at
      from (select id, conversion_id, counted_minor as added_minor,
                   date_trunc('milliseconds', applied_at) as at
              from refunds
             where program_id = ${reader.programId} and applied_at >= ${after.at} and applied_at < ${before}
            union all
            select id || ':reversed', conversion_id, - counted_minor, date_trunc('milliseconds', reversed_at)
              from refunds
             where program_id = ${reader.programId} and reversed_at >= ${after.at} and reversed_at < ${before}) as step
     where (at, id) > (${after.at}::timestamptz, ${after.id})
     order by at, id
     limit ${limit}`);

/** In the order in which they were recorded. */
export const lockSettledOf = (tx: Tx, participantId: string, limit: number) =>
  tx.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS} from conversions
     where program_id = ${tx.programId} and participant_id = ${participantId} and status = 'settled'
     order by id
     limit ${limit}
       for update`);
