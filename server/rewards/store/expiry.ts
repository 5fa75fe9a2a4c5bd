import { sql } from "kysely";
import type { ParticipantId } from "../../participants/participant.ts";
import { andAll } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { REWARD_COLUMNS, type RewardRow } from "../store.ts";

/** Oldest to expire first; what never expires comes last. */
export const lockSpendable = (
  tx: Tx,
  owner: { participantId: string; currency: string },
  page: { after: Pick<RewardRow, "id" | "expiresAt"> | null; limit: number },
) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where program_id = ${tx.programId} and participant_id = ${owner.participantId} and currency = ${owner.currency}
       and status = 'available' and currency in ('PTS', 'CRD') and amount_minor > reversed_minor + redeemed_minor
       and ${isAfter(page.after)}
     order by expires_at, id
     limit ${page.limit}
       for update`);

function isAfter(place: Pick<RewardRow, "id" | "expiresAt"> | null) {
  if (place === null) return sql`true`;
  const { id, expiresAt } = place;
  if (expiresAt === null) return sql`(expires_at is null and id > ${id})`;
  return sql`(expires_at > ${expiresAt} or expires_at is null or (expires_at = ${expiresAt} and id > ${id}))`;
}

/** Whose rewards expire now, by the database's clock. */
export const listExpiring = (tx: Tx, limit: number, only: readonly string[] | null) =>
  tx.many<{ id: string; participantId: string }>(sql`
    select id, participant_id from rewards
     where ${isExpiring(tx)} ${andAll([only && sql`id = any(${only})`])}
     order by expires_at, id
     limit ${limit}`);

export type ExpiryRow = {
  position: bigint;
  id: string;
  conversionId: string;
  rule: string;
  participantId: ParticipantId;
  level: number;
  minor: bigint;
  at: Date;
};

/** What the log says has expired, and of which reward. */
export const listExpiries = (
  reader: Reader,
  after: { position: bigint; id: string },
  before: Date,
  limit: number,
) =>
  reader.many<ExpiryRow>(sql`
    select event.position, event.id, reward.conversion_id, reward.rule, reward.participant_id, reward.level,
           - (event.data -> 'moves' -> 0 ->> 'amount')::bigint as minor, event.recorded_at as at
      from events as event
      join rewards as reward on reward.program_id = event.program_id and reward.id = event.subject_id
     where event.program_id = ${reader.programId} and event.type = 'reward.expired'
       and event.type not in ('conversion.settled', 'reward.created')
       and (event.position, event.id) > (${after.position}::bigint, ${after.id}) and event.recorded_at < ${before}
     order by event.position, event.id
     limit ${limit}`);

/** Those of them that are still due. */
export const lockExpiring = (tx: Tx, ids: readonly string[]) =>
  tx.many<RewardRow>(sql`
    select ${REWARD_COLUMNS} from rewards
     where ${isExpiring(tx)} and id = any(${ids})
     order by expires_at, id
       for update`);

const isExpiring = (reader: Reader & { now: Date }) => sql`
  program_id = ${reader.programId} and status = 'available' and expires_at is not null and expires_at <= ${reader.now}
  and amount_minor > reversed_minor + redeemed_minor`;

export const addExpired = (tx: Tx, expired: readonly { id: string; minor: string }[]) =>
  tx.run(sql`
    update rewards set status = 'expired', expired_minor = expired_minor + expiry.minor
      from json_to_recordset(${JSON.stringify(expired)}::json) as expiry (id text, minor bigint)
     where rewards.program_id = ${tx.programId} and rewards.id = expiry.id`);

/** Available rewards that expire after a place and up to a moment, the soonest first, with what is unused of each. */
export const listExpiringUntil = (
  reader: Reader,
  after: { at: Date; id: string },
  until: Date,
  limit: number,
) =>
  reader.many<{
    id: string;
    participantId: string;
    currency: string;
    unusedMinor: bigint;
    expiresAt: Date;
  }>(sql`
    select id, participant_id, currency, amount_minor - reversed_minor - redeemed_minor as unused_minor, expires_at
      from rewards
     where program_id = ${reader.programId} and status = 'available' and expires_at is not null
       and amount_minor > reversed_minor + redeemed_minor
       and (date_trunc('milliseconds', expires_at), id) > (${after.at}::timestamptz, ${after.id})
       and expires_at >= ${after.at}::timestamptz and expires_at <= ${until}::timestamptz
     order by expires_at, id
     limit ${limit}`);
