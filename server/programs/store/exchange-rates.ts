import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { formatExchangeRate } from "../../primitives/exchange.ts";
import type { NewRate, RateRow } from "../exchange-rate.ts";

const COLUMNS = sql`id, currency, rate::text as rate, valid_from::text as valid_from, source, created_at`;

export const insertExchangeRate = (tx: Tx, id: string, entry: NewRate) =>
  tx.one<RateRow>(sql`
    insert into exchange_rates (program_id, id, currency, rate, valid_from, source, created_at)
    values (${tx.programId}, ${id}, ${entry.currency}, ${formatExchangeRate(entry.rate)}::numeric,
            ${entry.validFrom}::date, ${entry.source}, ${tx.now})
    returning ${COLUMNS}`);

export type RateFilter = {
  currency: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listExchangeRates = (reader: Reader, filter: RateFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const ofOne = filter.currency === null ? null : sql`currency = ${filter.currency}`;
  return reader.many<RateRow>(sql`
    select ${COLUMNS} from exchange_rates
     where program_id = ${reader.programId} ${andAll([ofOne, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const listRatesById = (reader: Reader, ids: readonly string[]) =>
  reader.many<RateRow>(sql`
    select ${COLUMNS} from exchange_rates
     where program_id = ${reader.programId} and id = any(${ids})`);

/** For each currency and day the latest entry from that day or before; of one day, the one that was made last. */
export const listRatesOn = (reader: Reader, asked: readonly { currency: string; day: string }[]) =>
  reader.many<RateRow & { day: string }>(sql`
    select found.*, asked.day
      from json_to_recordset(${JSON.stringify(asked)}::json) as asked (currency text, day text)
      cross join lateral (
        select ${COLUMNS} from exchange_rates
         where program_id = ${reader.programId} and exchange_rates.currency = asked.currency
           and exchange_rates.valid_from <= asked.day::date
         order by exchange_rates.valid_from desc, exchange_rates.created_at desc, exchange_rates.id desc
         limit 1
      ) as found`);
