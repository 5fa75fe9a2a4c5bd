import { findConversions } from "../conversions/find-conversions.ts";
import type { Reader } from "../platform/database.ts";
import { formatMoney } from "../primitives/money-text.ts";
import type { FriendReward, Progress } from "../welcome/progress.ts";
import type { PlanCache } from "./find-plans.ts";
import { findSettlements } from "./find-settlements.ts";
import type { RewardState } from "./reward.ts";
import { listRewards, type RewardRow } from "./store.ts";
import type { PassReason } from "./verdict.ts";

const REWARDS_MAX = 10;

/** What somebody got for coming so far; where it is nothing, why their last conversion brought none. */
export async function findProgress(
  reader: Reader,
  participantId: string,
  cache: PlanCache,
): Promise<Progress> {
  const page = { participantId, after: null, before: null };
  const rewards = await listRewards(reader, {
    ...{ ...page, id: null, conversionId: null, statuses: null, level: 0, limit: REWARDS_MAX },
  });
  if (rewards.length > 0) return { rewards: rewards.map(friendReward), missed: null };
  const [last] = await findConversions(reader, { ...page, limit: 1 });
  const settled = last && (await findSettlements(reader, [last], cache)).get(last.id);
  const pass = settled?.passes.find(({ level, reason }) => level === 0 && reason in MISSED);
  if (!last || !settled || !pass) return { rewards: [], missed: null };
  const rule = settled.published.plan.rules.find(({ id }) => id === pass.ruleId);
  const amount = formatMoney({ minor: last.amountMinor, currency: last.currency });
  const above = rule?.conditions.amountAbove;
  return {
    rewards: [],
    missed: MISSED[pass.reason]?.(amount, above ? formatMoney(above) : "the minimum") ?? null,
  };
}

const STATES: Record<RewardState, FriendReward["state"]> = {
  pending: "on_its_way",
  held: "on_hold",
  available: "available",
  paid: "used",
  cancelled: "revoked",
  reversed: "revoked",
  expired: "expired",
};

function friendReward({
  amountMinor,
  reversedMinor,
  currency,
  status,
  availableAt,
}: RewardRow): FriendReward {
  const isWhole = status === "reversed" || status === "cancelled";
  return {
    amount: formatMoney({ minor: isWhole ? amountMinor : amountMinor - reversedMinor, currency }),
    state: STATES[status],
    availableAt: status === "pending" ? availableAt : null,
  };
}

/** Only what a friend can do something about, or must know. */
const MISSED: Partial<Record<PassReason, (amount: string, above: string) => string>> = {
  below_minimum: (amount, above) => `${amount} is not over ${above}, so this order does not earn.`,
  too_late: () => "It came after the time in which orders count.",
  country_excluded: () => "It is for people in other countries.",
  product_excluded: () => "It is for other products.",
  not_nth: () => "It is for another of your orders.",
  cap_reached: () => "Everything there was to give had been given.",
};
