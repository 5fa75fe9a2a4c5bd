import { findConversions } from "../conversions/find-conversions.ts";
import { findTransfersOf } from "../ledger/find-transfers-of.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { ReferralDetail } from "../referrals/contract.ts";
import { findReferralDetail } from "../referrals/find-referral-detail.ts";
import type { ReferralTrace } from "./contract/reassignments.ts";
import { findRewards } from "./find-rewards.ts";
import type { RewardRow } from "./store.ts";

type Step = ReferralTrace["steps"][number];

/** Purchases shown with all that followed from them. */
const CONVERSIONS_MAX = 20;
const NOTHING = { subject_id: null, amount: null, trace: null };

/** Click, code, sign-up, decision, purchases, rewards, entries: in the order in which they happened. */
export async function findReferralTrace(reader: Reader, id: string): Promise<ReferralTrace> {
  const detail = await findReferralDetail(reader, id);
  const rows = await findConversions(reader, {
    ...{ participantId: detail.referee_id, after: null, before: null, limit: CONVERSIONS_MAX + 1 },
  });
  const conversions = rows.slice(0, CONVERSIONS_MAX);
  const rewards = [
    ...(
      await findRewards(
        reader,
        conversions.map((row) => row.id),
      )
    ).values(),
  ].flat();
  const transfers = await findTransfersOf(
    reader,
    rewards.map((reward) => reward.id),
  );
  const persons = await findPersons(
    reader,
    rewards.map(({ participantId }) => participantId),
  );
  const nameOf = (who: string): string => persons.get(who)?.name || "Somebody";
  const holder = new Map(rewards.map((reward) => [reward.id, reward.participantId]));
  const steps: Step[] = [
    ...arrivals(detail),
    ...conversions.map(
      (row): Step => ({
        ...{ kind: "conversion", at: row.recordedAt.toISOString(), subject_id: row.id },
        sentence: row.kind === "purchase" ? "A purchase was reported." : `“${row.kind}” was reported.`,
        amount: { amount: Number(row.amountMinor), currency: row.currency },
        trace: `/v1/conversions/${row.id}/trace`,
      }),
    ),
    ...rewards.map((reward) => rewardStep(reward, nameOf)),
    ...transfers.map(
      (one): Step => ({
        ...{ kind: "entry", at: one.recordedAt.toISOString(), subject_id: one.id, trace: null },
        sentence: `${ENTRY[one.reason] ?? "Moved"}: ${nameOf(holder.get(one.subjectId as RewardRow["id"]) ?? "")}.`,
        amount: { amount: Number(one.amountMinor), currency: one.currency },
      }),
    ),
  ];
  return {
    ...{ referral_id: detail.id, referee_id: detail.referee_id },
    steps: inOrder(steps),
    has_more: rows.length > CONVERSIONS_MAX,
  };
}

const ENTRY: Readonly<Record<string, string>> = {
  granted: "Granted in the ledger",
  released: "Released in the ledger",
  reversed: "Taken back in the ledger",
  restored: "Given back in the ledger",
  exchanged: "Exchanged in the ledger",
  redeemed: "Used",
  expired: "Expired",
};

const PLACES = ["touch", "sign_up", "decision", "reassignment", "conversion", "reward", "entry"];

/** What nobody knows the time of comes first; of what happened at once, the cause before what followed. */
function inOrder(steps: readonly Step[]): Step[] {
  return steps.toSorted((a, b) => {
    if (a.at !== b.at) return (a.at ?? "") < (b.at ?? "") ? -1 : 1;
    return PLACES.indexOf(a.kind) - PLACES.indexOf(b.kind);
  });
}

function arrivals(detail: ReferralDetail): Step[] {
  const isLate = detail.attribution === null;
  return [
    ...detail.touches.map(
      (touch): Step => ({
        ...NOTHING,
        kind: "touch",
        at: touch.at,
        sentence: `${touch.kind === "code" ? "A code" : touch.kind === "click" ? "A click" : "An invitation"} of ${touch.advocate_name ?? "nobody known"} ${touch.outcome}. ${touch.sentence}`,
        subject_id: touch.click_id ?? touch.invitation_id,
      }),
    ),
    {
      ...NOTHING,
      ...{ kind: "sign_up", at: detail.created_at, subject_id: detail.referee_id },
      sentence: `${detail.referee_name || "Somebody"} joined.`,
    },
    ...(isLate
      ? []
      : [{ ...NOTHING, kind: "decision", at: detail.created_at, sentence: detail.decision } as const]),
    ...detail.reassignments.map(
      (one): Step => ({
        ...NOTHING,
        ...{ kind: "reassignment", at: one.decided_at, subject_id: one.id },
        sentence: `Put under ${one.advocate_name ?? "somebody"} by hand: ${one.reason}`,
      }),
    ),
  ];
}

function rewardStep(reward: RewardRow, nameOf: (who: string) => string): Step {
  const again = reward.settlement > 1 ? ", settled again" : "";
  return {
    ...{ kind: "reward", at: reward.createdAt.toISOString(), subject_id: reward.id, trace: null },
    sentence: `${nameOf(reward.participantId)} earned at level ${reward.level} by “${reward.rule}”${again}; it is ${reward.status} now.`,
    amount: { amount: Number(reward.amountMinor), currency: reward.currency },
  };
}
