import { randomBytes } from "node:crypto";
import { codeFromBytes } from "../links/code.ts";
import type { Tx } from "../platform/database.ts";
import { couponTermsOf, isCoupon } from "./coupon.ts";
import { insertCoupons } from "./store/coupons.ts";
import type { RewardRow } from "./store.ts";

const BYTES = 24;
/** With 5.9 · 10^14 codes even the second attempt is rare. */
const ATTEMPTS_MAX = 5;

/** Gives each reward that is a coupon a code of its own, which no other coupon of the program has. */
export async function issueCoupons(
  tx: Tx,
  granted: readonly { rewards: readonly RewardRow[]; facts: { plan: { document: unknown } } }[],
): Promise<void> {
  let wanted = granted.flatMap(({ rewards, facts }) =>
    rewards.filter(isCoupon).map(({ id, participantId, rule }) => ({
      reward_id: id,
      participant_id: participantId,
      ...couponTermsOf(facts.plan.document, rule),
    })),
  );
  for (let attempt = 1; wanted.length > 0; attempt++) {
    if (attempt > ATTEMPTS_MAX) throw new Error(`${wanted.length} coupons found no free code.`);
    const coupons = wanted.map((coupon) => ({ ...coupon, code: randomCode() }));
    const issued = new Set((await insertCoupons(tx, coupons)).map(({ rewardId }) => rewardId));
    wanted = wanted.filter(({ reward_id }) => !issued.has(reward_id));
  }
}

function randomCode(): string {
  for (;;) {
    const code = codeFromBytes(randomBytes(BYTES));
    if (code !== null) return code;
  }
}
