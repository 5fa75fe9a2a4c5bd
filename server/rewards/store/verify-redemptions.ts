import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";

export const examineRedemptions = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from redemptions where program_id = ${reader.programId}`,
    sql`
      select 'Reward ' || reward.id || ' counts ' || reward.redeemed_minor || ' used, redemptions used '
             || coalesce(used.minor, 0) || ' of it.'
        from rewards as reward
        left join (select reward_id, sum(minor) as minor
                     from (select part ->> 'reward_id' as reward_id, (part ->> 'amount')::bigint as minor
                             from redemptions
                             cross join lateral jsonb_array_elements(parts) as part
                            where program_id = ${reader.programId} and status = 'redeemed'
                           union all
                           select reward_id, 1 from coupons
                            where program_id = ${reader.programId} and redeemed_at is not null) as use
                    group by reward_id) as used on used.reward_id = reward.id
       where reward.program_id = ${reader.programId} and reward.redeemed_minor <> coalesce(used.minor, 0)
      union all
      select 'Redemption ' || redemption.id || ' of ' || redemption.amount_minor || ' moved '
             || coalesce(moved.minor, 0) || ' in the ledger.'
        from redemptions as redemption
        left join (select subject_id, sum(case reason when 'redeemed' then amount_minor else -amount_minor end) as minor
                     from ledger_transfers
                    where program_id = ${reader.programId} and reason in ('redeemed', 'redemption_reversed')
                    group by subject_id) as moved on moved.subject_id = redemption.id
       where redemption.program_id = ${reader.programId}
         and coalesce(moved.minor, 0) <> case status when 'redeemed' then redemption.amount_minor else 0 end
      union all
      select 'Reward ' || reward.id || ' counts ' || reward.expired_minor || ' expired, the ledger '
             || coalesce(gone.minor, 0) || '.'
        from rewards as reward
        left join (select subject_id, sum(amount_minor) as minor
                     from ledger_transfers
                    where program_id = ${reader.programId} and reason = 'expired'
                    group by subject_id) as gone on gone.subject_id = reward.id
       where reward.program_id = ${reader.programId} and reward.expired_minor <> coalesce(gone.minor, 0)
      union all
      select 'Reward ' || reward.id || ' is a coupon without a code, or a code without a coupon.'
        from rewards as reward
        full join coupons as coupon on coupon.program_id = reward.program_id and coupon.reward_id = reward.id
       where coalesce(reward.program_id, coupon.program_id) = ${reader.programId}
         and (reward.currency = 'CPN' or coupon.code is not null)
         and (coupon.code is null or reward.currency is distinct from 'CPN'
              or coupon.participant_id is distinct from reward.participant_id)
      union all
      select 'Reward ' || id || ' should have expired at ' || expires_at || '.'
        from rewards
       where program_id = ${reader.programId} and status = 'available' and expires_at < now() - interval '1 hour'
         and amount_minor > reversed_minor + redeemed_minor
      union all
      select 'Account ' || account_id || ' was used beyond what ever came into it.'
        from (select account_id, currency,
                     sum(amount_minor) filter (where amount_minor > 0 and reason <> 'redemption_reversed') as came,
                     sum(case reason when 'redeemed' then -amount_minor when 'redemption_reversed' then -amount_minor end) as used
                from ledger_entries
               where program_id = ${reader.programId} and currency in ('PTS', 'CRD')
                 and split_part(account_id, '_', 3) = 'available'
               group by account_id, currency) as account
       where used > coalesce(came, 0)`,
  );
