import { formatMoney } from "../primitives/money-text.ts";
import type { ReferralEntry } from "../referrals/contract.ts";
import type { Conditions } from "./condition.ts";
import type { ConversionAnswer, RewardAnswer } from "./contract.ts";
import { levelShareWords } from "./offer.ts";
import type { Plan, PlanRule } from "./plan.ts";
import { QUALIFIED } from "./plan-document.ts";

/** Invited → joined → qualified → rewarded: the words every screen has for it. */
const STEPS = ["invited", "joined", "qualified", "rewarded"] as const;
export type FriendStep = { step: (typeof STEPS)[number]; state: "done" | "next" | "later" | "failed" };

/** What stands between a friend and a reward: who must do what, until when, and what it pays. */
export type Missing = {
  code: "not_eligible" | "waiting_for_place" | "next_act" | "too_late" | "on_hold" | "on_its_way" | "no_plan";
  message: string;
  actor: "you" | "friend" | "program" | "us";
  until: Date | null;
};

export type FriendProgress = { steps: FriendStep[]; missing: Missing | null };

export type FriendFacts = {
  referral: Pick<ReferralEntry, "status" | "reasons" | "created_at">;
  /** The plan that a conversion of now would be settled by; null while there is none. */
  plan: Plan | null;
  /** The friend's last settled conversion, with what it paid at level 1 and why it did not. */
  latest: Pick<ConversionAnswer, "rewards" | "passes" | "refunded" | "amount"> | null;
  now: Date;
};

const DONE = { waitlisted: 1, joined: 2, qualified: 3, rewarded: 4, not_eligible: 2 };
const DAY_MS = 86_400_000;
/** What a reason means to whoever brought the friend. */
const TO_THE_ADVOCATE: Record<string, string> = {
  direct_limit_reached: "All your places were taken, so this one doesn’t count for you.",
  advocate_not_active: "You were not active at that time, so this one doesn’t count.",
  expired_link: "Your link was switched off or over by then, so this one doesn’t count.",
  own_link: "This is you yourself, so it doesn’t count.",
};

/** Where a friend stands on the way to a reward of their advocate, and the one step that is missing. */
export function friendProgress(facts: FriendFacts): FriendProgress {
  const missing = missingOf(facts);
  const done = DONE[facts.referral.status];
  const isOver = missing?.code === "not_eligible" || missing?.code === "too_late";
  return {
    missing,
    steps: STEPS.map((step, index): FriendStep => {
      if (index < done) return { step, state: "done" };
      return { step, state: index > done ? "later" : isOver ? "failed" : "next" };
    }),
  };
}

function missingOf(facts: FriendFacts): Missing | null {
  const { referral, latest } = facts;
  switch (referral.status) {
    case "not_eligible": {
      const message = referral.reasons
        .map((reason) => TO_THE_ADVOCATE[reason.code] ?? reason.message)
        .join(" ");
      return { code: "not_eligible", message, actor: "program", until: null };
    }
    case "waitlisted":
      return {
        code: "waiting_for_place",
        message: "They wait for a place with you, and get the next one that is free.",
        actor: "us",
        until: null,
      };
    case "joined":
      return nextAct(facts);
    case "qualified":
    case "rewarded":
      return (
        rewardUnderWay(latest?.rewards ?? []) ?? (referral.status === "rewarded" ? null : nextAct(facts))
      );
  }
}

function rewardUnderWay(rewards: readonly RewardAnswer[]): Missing | null {
  const reward = rewards.find(
    ({ level, status }) => level === 1 && (status === "pending" || status === "held"),
  );
  if (!reward) return null;
  const left = reward.amount.amount - reward.reversed.amount;
  const amount = formatMoney({ minor: BigInt(left), currency: reward.amount.currency });
  if (reward.status === "held") {
    const why = reward.reasons.map(({ message }) => message).join(" ");
    return { code: "on_hold", message: `${amount} is on hold. ${why}`.trim(), actor: "us", until: null };
  }
  const until = new Date(reward.available_at);
  return { code: "on_its_way", message: `${amount} is on its way.`, actor: "us", until };
}

/** The act that earns, in the plan's own terms; after an order that did not, why it did not. */
function nextAct({ referral, plan, latest, now }: FriendFacts): Missing {
  const earning = plan?.rules.find(
    ({ stage, on }, index) =>
      stage === "conversion" && on !== QUALIFIED && levelShareWords(plan, index, 1) !== null,
  );
  if (!plan || !earning)
    return { code: "no_plan", message: "No plan pays for this yet.", actor: "program", until: null };
  const { conditions, on } = plan.qualifies ?? earning;
  const until = deadline(conditions, referral.created_at);
  if (until !== null && until <= now)
    return {
      code: "too_late",
      message: "The time in which this friend could earn you something is over.",
      actor: "program",
      until,
    };
  const pays = `You then get ${levelShareWords(plan, plan.rules.indexOf(earning), 1)}.`;
  const before = whyNot(latest);
  const message = [...(before === null ? [] : [before]), `Next: ${actWords(on, conditions)}.`, pays].join(
    " ",
  );
  return { code: "next_act", message, actor: "friend", until };
}

function deadline({ withinDays }: Conditions, joinedAt: string): Date | null {
  return withinDays === null ? null : new Date(new Date(joinedAt).getTime() + withinDays * DAY_MS);
}

function whyNot(latest: FriendFacts["latest"]): string | null {
  if (latest === null || latest.rewards.some(({ level }) => level === 1)) return null;
  return (
    latest.passes.find(({ level, reason }) => level === 1 && reason !== "trigger_mismatch")?.message ?? null
  );
}

function actWords(on: PlanRule["on"], { amountAbove, nth }: Conditions): string {
  const over = amountAbove ? ` over ${formatMoney(amountAbove)}` : "";
  if (on === "verified") return "they confirm their e-mail";
  if (on === "signup") return "they join";
  const act = on === "purchase" ? "order" : on.replaceAll(/[_.]/g, " ");
  if (nth && nth.from > 1n) return `their ${act} number ${nth.from}${over}`;
  return `their first ${act}${over}`;
}
