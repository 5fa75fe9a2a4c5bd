import { sql } from "kysely";
import { andAll } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { CouponRow } from "../coupon.ts";

const COLUMNS = sql`coupon.code, coupon.reward_id, coupon.participant_id, coupon.label, coupon.value, coupon.created_at,
       coupon.redeemed_at, coupon.redeemed_for, reward.status as reward_status, reward.expires_at`;
const WITH_REWARD = sql`coupons as coupon
      join rewards as reward on reward.program_id = coupon.program_id and reward.id = coupon.reward_id`;

export type NewCoupon = {
  code: string;
  reward_id: string;
  participant_id: string;
  label: string;
  value: object;
};

/** Answers those whose code was free. */
export const insertCoupons = (tx: Tx, coupons: readonly NewCoupon[]) =>
  tx.many<{ rewardId: string }>(sql`
    insert into coupons (program_id, code, reward_id, participant_id, label, value, created_at)
    select ${tx.programId}, code, reward_id, participant_id, label, value, ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(coupons)}::json)
        as coupon (code text, reward_id text, participant_id text, label text, value jsonb)
    on conflict (program_id, code) do nothing
    returning reward_id`);

export const readCoupon = (reader: Reader, code: string) =>
  reader.maybe<CouponRow>(sql`
    select ${COLUMNS} from ${WITH_REWARD}
     where coupon.program_id = ${reader.programId} and coupon.code = ${code}`);

/** The coupon and its reward: whoever takes the reward back comes before or after. */
export const lockCoupon = (tx: Tx, code: string) =>
  tx.maybe<CouponRow>(sql`
    select ${COLUMNS} from ${WITH_REWARD}
     where coupon.program_id = ${tx.programId} and coupon.code = ${code}
       for update`);

export const markCouponRedeemed = (tx: Tx, code: string, externalId: string) =>
  tx.run(sql`
    update coupons set redeemed_at = ${tx.now}, redeemed_for = ${externalId}
     where program_id = ${tx.programId} and code = ${code} and redeemed_at is null`);

/** Newest first, by the reward they are. */
export const listCoupons = (
  reader: Reader,
  filter: { participantId: string | null; after: string | null; before: string | null; limit: number },
) => {
  const { participantId, after, before } = filter;
  const conditions = [
    participantId === null ? null : sql`coupon.participant_id = ${participantId}`,
    after === null ? null : sql`coupon.reward_id < ${after}`,
    before === null ? null : sql`coupon.reward_id > ${before}`,
  ];
  return reader.many<CouponRow>(sql`
    select ${COLUMNS} from ${WITH_REWARD}
     where coupon.program_id = ${reader.programId} ${andAll(conditions)}
     order by ${before === null ? sql`coupon.reward_id desc` : sql`coupon.reward_id`}
     limit ${filter.limit}`);
};
