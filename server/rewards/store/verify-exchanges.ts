import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";
import { CURRENCY_DIGITS } from "../../primitives/money.ts";

/** Digits after the point where they are not two. */
const DIGITS = JSON.stringify(CURRENCY_DIGITS);
const unitOf = (currency: string) =>
  sql`(power(10::numeric, coalesce((${DIGITS}::json ->> ${sql.ref(currency)})::int, 2))::bigint)`;

export const examineExchanges = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from ledger_exchanges where program_id = ${reader.programId}`,
    sql`
      with foreign_reward as (
        select reward.id, reward.currency, reward.amount_minor - reward.reversed_minor as net, rate.rate,
               conversion.original_currency, reward.program_id
          from conversions as conversion
          join rewards as reward
            on reward.program_id = conversion.program_id and reward.conversion_id = conversion.id
           and reward.currency = conversion.currency
          left join exchange_rates as rate
            on rate.program_id = conversion.program_id and rate.id = conversion.rate_id
         where conversion.program_id = ${reader.programId} and conversion.rate_id is not null
      )
      select 'Reward ' || reward.id || ' is worth ' || worth.minor || ' ' || reward.original_currency || ', '
             || coalesce(moved.minor, 0) || ' went through the account of exchange.'
        from foreign_reward as reward
        cross join lateral (
          select div(reward.net::numeric * 10000000000 * ${unitOf("reward.original_currency")},
                     (reward.rate * 10000000000)::numeric * ${unitOf("reward.currency")}) as minor
        ) as worth
        left join (select subject_id, sum(case split_part(credit_id, '_', 3) when 'fx' then amount_minor
                                               else -amount_minor end) as minor
                     from ledger_transfers
                    where program_id = ${reader.programId} and reason = 'exchanged'
                    group by subject_id) as moved on moved.subject_id = reward.id
       where worth.minor is distinct from coalesce(moved.minor, 0)
      union all
      select 'Transfer ' || transfer.id || ' of reward ' || reward.id || ' passes by the account of exchange.'
        from foreign_reward as reward
        join ledger_transfers as transfer
          on transfer.program_id = reward.program_id and transfer.subject_id = reward.id
         and transfer.currency = reward.currency
       where 'funding' in (split_part(transfer.debit_id, '_', 3), split_part(transfer.credit_id, '_', 3))
      union all
      select 'Transfer ' || transfer.id || ' goes through an account of exchange without the rate of its purchase.'
        from ledger_transfers as transfer
        left join ledger_exchanges as exchange
          on exchange.program_id = transfer.program_id and exchange.transfer_id = transfer.id
        left join exchange_rates as rate
          on rate.program_id = exchange.program_id and rate.id = exchange.rate_id and rate.rate = exchange.rate
       where transfer.program_id = ${reader.programId}
         and 'fx' in (split_part(transfer.debit_id, '_', 3), split_part(transfer.credit_id, '_', 3))
         and rate.id is null`,
  );
