import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";

const countOf = (table: string, reader: Reader) =>
  sql`select count(*) from ${sql.table(table)} where program_id = ${reader.programId}`;

export const examineRewardCauses = (reader: Reader) =>
  examine(
    reader,
    countOf("rewards", reader),
    sql`
      select 'Reward ' || reward.id || ' has no settled conversion of a referred participant behind it.'
        from rewards as reward
        left join conversions as conversion
          on conversion.program_id = reward.program_id and conversion.id = reward.conversion_id
         and conversion.status = 'settled' and conversion.participant_id = reward.referee_id
        left join referrals as referral
          on referral.program_id = reward.program_id and referral.referee_id = reward.referee_id
         and referral.status not in ('not_eligible', 'waitlisted')
       where reward.program_id = ${reader.programId}
         and (conversion.id is null or referral.referee_id is null or (reward.participant_id = reward.referee_id) <> (reward.level = 0))`,
  );

/** Only money costs profit; of the plans only those count whose rules stay within it, and promotions lie over them. */
export const examineProfits = (reader: Reader, boundedVersions: readonly number[]) =>
  examine(
    reader,
    countOf("conversions", reader),
    sql`
      select 'Conversion ' || conversion.id || ' made a profit of ' || (conversion.settlement ->> 'profit') || ' and paid '
             || granted.minor || '.'
        from (select conversion_id, sum(amount_minor) as minor
                from rewards
               where program_id = ${reader.programId} and kind in ('commission', 'bonus')
                 -- What was granted before it was settled again for another upline was taken back.
                 and not (status = 'cancelled' and exists (
                       select from former_settlements as former
                        where former.program_id = rewards.program_id and former.conversion_id = rewards.conversion_id
                          and former.number >= rewards.settlement))
               group by conversion_id) as granted
        join conversions as conversion
          on conversion.program_id = ${reader.programId} and conversion.id = granted.conversion_id
       where conversion.plan_version = any(${boundedVersions}::int[]) and conversion.settlement -> 'promotions' is null
         and granted.minor > greatest((conversion.settlement ->> 'profit')::bigint, 0)`,
  );

/** The holder of a level, counted up from the buyer, who holds level 0; a compressing plan steps over who is not active. */
export const examineLevels = (reader: Reader, compressingVersions: readonly number[]) =>
  examine(
    reader,
    countOf("rewards", reader),
    sql`
      select 'Reward ' || reward.id || ' at level ' || reward.level || ' is not with the one who held that level.'
        from rewards as reward
        join conversions as conversion
          on conversion.program_id = reward.program_id and conversion.id = reward.conversion_id
        left join former_settlements as former
          on former.program_id = reward.program_id and former.conversion_id = reward.conversion_id
         and former.number = reward.settlement
        cross join lateral (values (coalesce(former.settlement, conversion.settlement))) as seen (settlement)
        left join lateral (
          select member ->> 0 as participant_id,
                 case place when 1 then conversion.participant_id
                            else seen.settlement -> 'upline' -> (place::int - 2) ->> 0 end as leg_participant_id,
                 row_number() over (order by place) as level
            from json_array_elements(seen.settlement -> 'upline') with ordinality as upline (member, place)
           where reward.level > 0 and not (conversion.plan_version = any(${compressingVersions}::int[]) and member ->> 1 in ('suspended', 'inactive', 'erased'))
           union all
          select conversion.participant_id, conversion.participant_id, 0
        ) as holder on holder.level = reward.level
       where reward.program_id = ${reader.programId}
         and (reward.participant_id is distinct from holder.participant_id
              or reward.leg_participant_id is distinct from holder.leg_participant_id)
      union all
      select 'Conversion ' || conversion.id || ' was settled for other people than the upline of its buyer.'
        from conversions as conversion
        join participants as buyer
          on buyer.program_id = conversion.program_id and buyer.id = conversion.participant_id
       where conversion.program_id = ${reader.programId} and conversion.status = 'settled'
         and not exists (
               select from (select buyer.upline
                            union all
                            -- Who stood above them before somebody was reassigned.
                            select former.upline from former_uplines as former
                             where former.program_id = buyer.program_id and former.participant_id = buyer.id) as above
                where above.upline[1:json_array_length(conversion.settlement -> 'upline')] is not distinct from
                      array(select member ->> 0
                              from json_array_elements(conversion.settlement -> 'upline') with ordinality as upline (member, place)
                             order by place))`,
  );

export type UniqueKey = { table: string; columns: string[] };

export const examineUniqueKeys = (reader: Reader, keys: readonly UniqueKey[]) =>
  examine(
    reader,
    sql`select ${keys.length}::bigint`,
    sql`
      select 'Nothing keeps ' || array_to_string(wanted.columns, ', ') || ' of ' || wanted."table" || ' unique.'
        from json_to_recordset(${JSON.stringify(keys)}::json) as wanted ("table" text, columns text[])
       where not exists (
         select from pg_index as index
          where index.indrelid = to_regclass(wanted."table") and index.indisunique and index.indisvalid
            and index.indpred is null
            and wanted.columns = array(select attribute.attname::text
                                         from unnest(index.indkey::int2[]) with ordinality as part (number, place)
                                         join pg_attribute as attribute
                                           on attribute.attrelid = index.indrelid and attribute.attnum = part.number
                                        order by part.place))`,
  );

export const examineRefunds = (reader: Reader) =>
  examine(
    reader,
    countOf("refunds", reader),
    sql`
      select 'Conversion ' || conversion.id || ' counts ' || conversion.refunded_minor || ' refunded of '
             || conversion.amount_minor || ', its refunds add up to ' || coalesce(refunded.minor, 0) || '.'
        from conversions as conversion
        left join (select conversion_id, sum(counted_minor) as minor, sum(amount_minor) as original_minor
                     from refunds
                    where program_id = ${reader.programId} and status = 'applied'
                    group by conversion_id) as refunded on refunded.conversion_id = conversion.id
       where conversion.program_id = ${reader.programId}
         and (conversion.refunded_minor <> coalesce(refunded.minor, 0) or conversion.refunded_minor > conversion.amount_minor
              or refunded.original_minor > coalesce(conversion.original_amount_minor, conversion.amount_minor))
      union all
      select 'Reward ' || reward.id || ' gave back ' || reward.reversed_minor || ' of ' || reward.amount_minor
             || ', which is not the part that was refunded.'
        from rewards as reward
        join conversions as conversion
          on conversion.program_id = reward.program_id and conversion.id = reward.conversion_id
       where reward.program_id = ${reader.programId} and reward.status not in ('cancelled', 'expired')
         -- What is worth nothing in the program's currency is refunded whole or not at all.
         and conversion.amount_minor > 0
         and reward.reversed_minor <> case when conversion.refunded_minor = 0 then 0
               else div(reward.amount_minor::numeric * conversion.refunded_minor, conversion.amount_minor) end
      union all
      select 'Reward ' || reward.id || ' gave back ' || reward.reversed_minor || ', the ledger took back '
             || coalesce(taken.minor, 0) || '.'
        from rewards as reward
        left join (select subject_id, sum(case reason when 'reversed' then amount_minor else -amount_minor end) as minor
                     from ledger_transfers
                    where program_id = ${reader.programId} and reason in ('reversed', 'restored')
                    group by subject_id) as taken on taken.subject_id = reward.id
       where reward.program_id = ${reader.programId} and reward.reversed_minor <> coalesce(taken.minor, 0)
      union all
      select 'Refund ' || refund.id || ' waits for the purchase ' || refund.waits_for || ', which is settled since '
             || conversion.recorded_at || '.'
        from refunds as refund
        join conversions as conversion
          on conversion.program_id = refund.program_id and conversion.external_id = refund.waits_for
       where refund.program_id = ${reader.programId} and refund.status = 'waiting' and conversion.status = 'settled'
         and greatest(conversion.recorded_at, refund.created_at) < now() - interval '10 minutes'`,
  );

/** What is not pending or held any more lies in the available purse, is on its way, or was paid. */
export const examineStates = (reader: Reader) =>
  examine(
    reader,
    countOf("rewards", reader),
    sql`
      select 'Participant ' || owner_id || ' has ' || sum(promised) || ' ' || currency || ' of rewards ' || purse
             || ', and ' || sum(held) || ' there in the ledger.'
        from (select participant_id as owner_id, currency,
                     case when status in ('pending', 'held') then status else 'available' end as purse,
                     amount_minor - reversed_minor - expired_minor as promised, 0 as held
                from rewards
               where program_id = ${reader.programId} and status <> 'cancelled'
              union all
              select split_part(account_id, '_', 4) || '_' || split_part(account_id, '_', 5), currency,
                     case when split_part(account_id, '_', 3) in ('pending', 'held') then split_part(account_id, '_', 3)
                          else 'available' end,
                     0, amount_minor
                from ledger_entries
               where program_id = ${reader.programId} and split_part(account_id, '_', 4) = 'par'
                 -- What was written off belongs to no reward.
                 and reason <> 'written_off') as place
       group by owner_id, currency, purse
      having sum(promised) <> sum(held)
      union all
      select 'Reward ' || id || ' is ' || status || ' before its hold is over.'
        from rewards
       where program_id = ${reader.programId} and status in ('available', 'paid') and available_at > now()
      union all
      select 'Reward ' || id || ' is ' || status || ' with ' || reversed_minor || ' of ' || amount_minor || ' taken back.'
        from rewards
       where program_id = ${reader.programId} and status not in ('cancelled', 'expired')
         and (status = 'reversed') <> (reversed_minor = amount_minor)`,
  );

export const examinePlanVersions = (reader: Reader) =>
  examine(
    reader,
    countOf("rewards", reader),
    sql`
      select 'Reward ' || reward.id || ' is of plan version ' || reward.plan_version || ', its conversion of '
             || coalesce(conversion.plan_version::text, 'none') || '.'
        from rewards as reward
        join conversions as conversion
          on conversion.program_id = reward.program_id and conversion.id = reward.conversion_id
       where reward.program_id = ${reader.programId} and reward.plan_version is distinct from conversion.plan_version
      union all
      select 'Conversion ' || conversion.id || ' was settled by plan version ' || conversion.plan_version
             || ', which was never published.'
        from conversions as conversion
        left join plans as plan on plan.program_id = conversion.program_id and plan.version = conversion.plan_version
       where conversion.program_id = ${reader.programId} and conversion.plan_version is not null and plan.id is null`,
  );
