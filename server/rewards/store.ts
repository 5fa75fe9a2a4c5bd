import { sql } from "kysely";
import type { Stretch } from "../events/catalogue.ts";
import type { ParticipantId } from "../participants/participant.ts";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import { tableOf } from "../platform/rows.ts";
import type { RewardId, RewardKind, RewardState } from "./reward.ts";
import type { RewardUse } from "./reward-use.ts";

export type RewardRow = {
  id: RewardId;
  conversionId: string;
  participantId: ParticipantId;
  refereeId: ParticipantId;
  legParticipantId: ParticipantId;
  level: number;
  rule: string;
  planVersion: number;
  kind: RewardKind;
  amountMinor: bigint;
  reversedMinor: bigint;
  currency: string;
  status: RewardState;
  availableAt: Date;
  createdAt: Date;
  /** Of which settlement of its conversion: 1, until that is settled again for another upline. */
  settlement: number;
} & RewardUse;

export const REWARD_COLUMNS = sql`id, conversion_id, participant_id, referee_id, leg_participant_id, level, rule, plan_version, kind,
       amount_minor, reversed_minor, currency, status, available_at, created_at, reversed_from, hold_reason,
       redeemed_minor, expired_minor, expires_days, expires_at, settlement`;

const NEW_REWARD = {
  id: "id",
  conversion_id: "id",
  participant_id: "id",
  referee_id: "id",
  leg_participant_id: "id",
  level: "smallint",
  rule: "text",
  plan_version: "int",
  kind: "id",
  amount_minor: "bigint",
  currency: "id",
  status: "id",
  available_at: "timestamptz",
  hold_reason: "text",
  expires_days: "int",
  expires_at: "timestamptz",
  settlement: "smallint",
} as const;

export const insertRewards = (tx: Tx, rewards: readonly RewardRow[]) =>
  tx.send(sql`
    insert into rewards (program_id, position, id, conversion_id, participant_id, referee_id, leg_participant_id, level, rule,
                         plan_version, kind, amount_minor, currency, status, available_at, hold_reason, created_at,
                         expires_days, expires_at, settlement)
    select ${tx.programId}, ${tx.position}::bigint, id, conversion_id, participant_id, referee_id, leg_participant_id, level, rule,
           plan_version, kind, amount_minor, currency, status, available_at, hold_reason, ${tx.now}::timestamptz,
           expires_days, expires_at, settlement
      from ${tableOf("reward", NEW_REWARD, rewards.map(recordOf))}`);

function recordOf(reward: RewardRow): Record<keyof typeof NEW_REWARD, unknown> {
  return {
    id: reward.id,
    conversion_id: reward.conversionId,
    participant_id: reward.participantId,
    referee_id: reward.refereeId,
    leg_participant_id: reward.legParticipantId,
    level: reward.level,
    rule: reward.rule,
    plan_version: reward.planVersion,
    kind: reward.kind,
    amount_minor: reward.amountMinor,
    currency: reward.currency,
    status: reward.status,
    available_at: reward.availableAt,
    hold_reason: reward.holdReason,
    expires_days: reward.expiresDays,
    expires_at: reward.expiresAt,
    settlement: reward.settlement,
  };
}

export const listRewardsOfConversions = (reader: Reader, conversionIds: readonly string[]) =>
  reader.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${reader.programId} and conversion_id = any(${conversionIds})
     order by conversion_id, id`);

export const listRewardsById = (reader: Reader, ids: readonly string[]) =>
  reader.many<RewardRow>(sql`
    select ${REWARD_COLUMNS}
      from unnest(${ids}::text[]) as sought (sought_id)
     cross join lateral (
       select * from rewards where program_id = ${reader.programId} and id = sought_id limit 1) as known`);

export const lockRewardsById = (tx: Tx, ids: readonly string[]) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and id = any(${ids})
     order by id
       for update`);

export const lockRewardsOfConversion = (tx: Tx, conversionId: string) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and conversion_id = ${conversionId}
     order by id
       for update`);

export const lockRewardsOfConversions = (tx: Tx, conversionIds: readonly string[]) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and conversion_id = any(${conversionIds})
     order by id
       for update`);

export type RewardFilter = {
  id: string | null;
  participantId: string | null;
  conversionId: string | null;
  statuses: readonly string[] | null;
  level: number | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listRewards = (reader: Reader, filter: RewardFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const { id, participantId, conversionId, statuses, level } = filter;
  const asked = [
    id === null ? null : sql`id = ${id}`,
    participantId === null ? null : sql`participant_id = ${participantId}`,
    conversionId === null ? null : sql`conversion_id = ${conversionId}`,
    statuses === null ? null : sql`status = any(${statuses})`,
    level === null ? null : sql`level = ${level}`,
  ];
  return reader.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${reader.programId} ${andAll([...asked, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

/** The database's clock decides what is due. */
export const lockDueRewards = (tx: Tx, limit: number, only: readonly string[] | null) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and status = 'pending' and available_at <= ${tx.now}
       ${andAll([only && sql`id = any(${only})`])}
     order by available_at, id
     limit ${limit} for update skip locked`);

/** What is held for these people for one reason, where they are not suspended. */
export const lockHeldRewards = (
  tx: Tx,
  participantIds: readonly string[],
  reason: string,
  { after, limit }: { after: Pick<RewardRow, "id"> | null; limit: number },
) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and participant_id = any(${participantIds}) and status = 'held'
       and hold_reason = ${reason}
       and (select participant.status from participants as participant
             where participant.program_id = rewards.program_id and participant.id = rewards.participant_id) = 'active'
       ${after === null ? sql`` : sql`and id > ${after.id}`}
     order by id
     limit ${limit} for update`);

export const hasHeldRewards = async (reader: Reader, reason: string) =>
  (
    await reader.one<{ isSo: boolean }>(sql`
      select exists (select from rewards
                      where program_id = ${reader.programId} and status = 'held' and hold_reason = ${reason}) as is_so`)
  ).isSo;

export const resumeRewards = (tx: Tx, ids: readonly string[]) =>
  tx.run(sql`
    update rewards set status = 'pending', hold_reason = null
     where program_id = ${tx.programId} and id = any(${ids}) and status = 'held'`);

export const markReleased = (tx: Tx, ids: readonly string[]) =>
  tx.run(sql`
    update rewards
       set status = 'available', expires_at = ${tx.now}::timestamptz + make_interval(hours => 24 * expires_days)
     where program_id = ${tx.programId} and id = any(${ids}) and status = 'pending'`);

export const addReversed = (tx: Tx, reversals: readonly { id: string; added: string; is_whole: boolean }[]) =>
  tx.run(sql`
    update rewards
       set reversed_minor = reversed_minor + reversal.added,
           reversed_from = case when reversal.is_whole then status else reversed_from end,
           status = case when reversal.is_whole then 'reversed' else status end
      from json_to_recordset(${JSON.stringify(reversals)}::json) as reversal (id text, added bigint, is_whole boolean)
     where rewards.program_id = ${tx.programId} and rewards.id = reversal.id`);

/** A reward of which all was taken back is what it was before. */
export const takeReversed = (tx: Tx, restorations: readonly { id: string; taken: string }[]) =>
  tx.run(sql`
    update rewards
       set reversed_minor = reversed_minor - restoration.taken,
           status = coalesce(reversed_from, status), reversed_from = null
      from json_to_recordset(${JSON.stringify(restorations)}::json) as restoration (id text, taken bigint)
     where rewards.program_id = ${tx.programId} and rewards.id = restoration.id`);

/**
 * With an empty leg: the sum over all legs. New rewards are read by the range of their ids, one after the other, which
 * costs a fifth of looking up each; what else lies in that range is of another position. A stretch holds whole
 * transactions, so a reward belongs to it when its event does.
 */
export const countRewardFacts = (tx: Tx, { after, before }: Stretch) =>
  tx.run(
    sql`
    with created as materialized (
      select min(subject_id) as first_id, max(subject_id) as last_id
        from events
       where program_id = ${tx.programId} and type = 'reward.created'
         and position >= ${after.position}::bigint and position < ${before}::bigint
    ), fact as (
      select participant_id, level, leg_participant_id, currency, amount_minor as earned_minor, 0::bigint as reversed_minor,
             1 as rewards
        from rewards
       where program_id = ${tx.programId}
         and id >= (select first_id from created) and id <= (select last_id from created)
         and position >= ${after.position}::bigint and position < ${before}::bigint
         and (position, '') >= (${after.position}::bigint, ${after.id})
      union all
      select participant_id, level, leg_participant_id, currency, 0, reversed_minor, 0
        from reward_reversals
       where program_id = ${tx.programId}
         and position >= ${after.position}::bigint and (position, row_id) > (${after.position}::bigint, ${after.id})
         and position < ${before}::bigint
    )
    insert into reward_counts as counted
           (program_id, participant_id, level, leg_participant_id, currency, earned_minor, reversed_minor, rewards)
    select ${tx.programId}, participant_id, level, coalesce(leg_participant_id, ''), currency, sum(earned_minor),
           sum(reversed_minor), sum(rewards)
      from fact
     group by grouping sets ((participant_id, level, currency, leg_participant_id), (participant_id, level, currency))
     order by 2, 3, 5, 4
    on conflict (program_id, participant_id, level, currency, leg_participant_id) do update
       set earned_minor = counted.earned_minor + excluded.earned_minor,
           reversed_minor = counted.reversed_minor + excluded.reversed_minor,
           rewards = counted.rewards + excluded.rewards`,
    { isPlannedEachTime: true },
  );

export const listRewardCounts = (reader: Reader, participantId: string, legIds: readonly string[]) =>
  reader.many<{ level: number; legParticipantId: string; currency: string; netMinor: bigint }>(sql`
    select level, leg_participant_id, currency, earned_minor - reversed_minor as net_minor
      from reward_counts
     where program_id = ${reader.programId} and participant_id = ${participantId} and leg_participant_id = any(${legIds})
     order by level, currency, leg_participant_id`);
