import { sql } from "kysely";
import { pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { RedeemedPart, RedemptionRow } from "../redemption.ts";

const COLUMNS = sql`id, participant_id, external_id, currency, amount_minor, note, parts, status, created_at, reversed_at`;

export const insertRedemption = (
  tx: Tx,
  redemption: Omit<RedemptionRow, "status" | "createdAt" | "reversedAt">,
) =>
  tx.one<RedemptionRow>(sql`
    insert into redemptions (program_id, id, participant_id, external_id, currency, amount_minor, note, parts, status,
                             created_at)
    values (${tx.programId}, ${redemption.id}, ${redemption.participantId}, ${redemption.externalId},
            ${redemption.currency}, ${redemption.amountMinor}::bigint, ${redemption.note},
            ${JSON.stringify(redemption.parts)}::jsonb, 'redeemed', ${tx.now})
    returning ${COLUMNS}`);

export const readRedemptionByExternalId = (reader: Reader, externalId: string) =>
  reader.maybe<RedemptionRow>(sql`
    select ${COLUMNS} from redemptions where program_id = ${reader.programId} and external_id = ${externalId}`);

export const lockRedemption = (tx: Tx, participantId: string, id: string) =>
  tx.maybe<RedemptionRow>(sql`
    select ${COLUMNS} from redemptions
     where program_id = ${tx.programId} and participant_id = ${participantId} and id = ${id}
       for update`);

export const markRedemptionReversed = (tx: Tx, id: string) =>
  tx.one<RedemptionRow>(sql`
    update redemptions set status = 'reversed', reversed_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id}
    returning ${COLUMNS}`);

/** Newest first. */
export const listRedemptions = (
  reader: Reader,
  participantId: string,
  page: { after: string | null; before: string | null; limit: number },
) => {
  const { conditions, order } = pageBy(sql`id`, page);
  const asked = conditions
    .filter((condition) => condition !== null)
    .map((condition) => sql`and ${condition}`);
  return reader.many<RedemptionRow>(sql`
    select ${COLUMNS} from redemptions
     where program_id = ${reader.programId} and participant_id = ${participantId} ${sql.join(asked, sql` `)}
     order by ${order}
     limit ${page.limit}`);
};

/** What is used up whole is paid. */
export const addRedeemed = (tx: Tx, parts: readonly RedeemedPart[]) =>
  tx.run(sql`
    update rewards
       set redeemed_minor = redeemed_minor + part.amount,
           status = case when amount_minor <= reversed_minor + redeemed_minor + part.amount then 'paid' else status end
      from json_to_recordset(${JSON.stringify(parts)}::json) as part (reward_id text, amount bigint)
     where rewards.program_id = ${tx.programId} and rewards.id = part.reward_id`);

/** Given back, a reward is available again, or will be when the chargeback that took it is reversed. */
export const takeRedeemed = (tx: Tx, parts: readonly RedeemedPart[]) =>
  tx.run(sql`
    update rewards
       set redeemed_minor = redeemed_minor - part.amount,
           status = case status when 'paid' then 'available' else status end,
           reversed_from = case reversed_from when 'paid' then 'available' else reversed_from end
      from json_to_recordset(${JSON.stringify(parts)}::json) as part (reward_id text, amount bigint)
     where rewards.program_id = ${tx.programId} and rewards.id = part.reward_id`);
