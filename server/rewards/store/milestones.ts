import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import { REWARD_COLUMNS, type RewardRow } from "../store.ts";

/**
 * What an advocate got at level 1 for conversions that qualified a referral and found more than `left` - 1 of them
 * before: newest first. `key` is the counter of their qualified referrals; newer settlements write it short.
 */
export const lockMilestoneRewards = (tx: Tx, advocateId: string, key: string, left: bigint) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and participant_id = ${advocateId} and level = 1
       and status not in ('cancelled', 'expired')
       and exists (
             select from conversions as conversion
               cross join lateral json_array_elements(conversion.settlement -> 'counted' -> 'readings') as reading
              where conversion.program_id = rewards.program_id and conversion.id = rewards.conversion_id
                and conversion.settlement ->> 'qualifies' = 'true'
                and (reading ->> 0 = ${key}
                     or (reading ->> 0 = 'qualified:@1' and conversion.settlement -> 'upline' -> 0 ->> 0 = ${advocateId}))
                and (reading ->> 1)::bigint >= ${left.toString()}::bigint)
     order by id desc
       for update`);

/** Ended with its milestone: no reversed chargeback brings it back. */
export const cancelReversed = (tx: Tx, ids: readonly string[]) =>
  tx.run(sql`
    update rewards set status = 'cancelled'
     where program_id = ${tx.programId} and id = any(${ids}) and status = 'reversed'`);
