import { sql } from "kysely";
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
