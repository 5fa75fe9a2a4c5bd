import type { HistoryConversion, HistoryRefund } from "../conversions/conversion-history.ts";
import type { Rate } from "../primitives/rate.ts";
import type { Referral } from "../referrals/referral.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import type { Buyer, StoredSettlement } from "./settled-conversion.ts";
import type { UplineMember } from "./upline.ts";

export type RecordedStep = ReplayConversion & { recordedAt: Date };

/** Who bought, as they are known now. */
export type ReplayedBuyer = {
  buyer: (Buyer & { country: string | null; segment: string | null }) | undefined;
  referral: Pick<Referral, "channel" | "createdAt"> | undefined;
};

/** What belongs to the program and to the question, the same for every step. */
export type ReplayFrame = { timeZone: string; tallyFrom: Date | null };

/**
 * A settled conversion again, from what its settlement saw; above what it saw, and of what it did not ask for, as it is
 * known now.
 */
export function conversionStep(
  row: HistoryConversion,
  { buyer, referral }: ReplayedBuyer,
  { timeZone, tallyFrom }: ReplayFrame,
): RecordedStep {
  const stored = row.settlement as StoredSettlement;
  const { currency, participantId, kind, occurredAt, product } = row;
  return {
    kind: "conversion",
    key: row.id,
    conversionId: row.id,
    planVersion: row.planVersion,
    isRefunded: row.isRefunded,
    isTallied: tallyFrom === null || occurredAt.getTime() >= tallyFrom.getTime(),
    recordedAt: row.recordedAt,
    facts: {
      conversion: {
        participantId,
        kind,
        occurredAt,
        amount: { minor: row.amountMinor, currency },
        profit: row.profitMinor === null ? null : { minor: row.profitMinor, currency },
        country: buyer?.country ?? null,
        segment: buyer?.segment ?? null,
        channel: referral?.channel ?? null,
        product,
      },
      defaultMargin: BigInt(stored.margin) as Rate,
      referral: stored.referral,
      referredAt: referral?.createdAt ?? null,
      upline: uplineOf(row, stored, buyer),
      timeZone,
    },
  };
}

function uplineOf(
  { participantId }: HistoryConversion,
  { upline: seen }: StoredSettlement,
  buyer: Buyer | undefined,
): UplineMember[] {
  const above = (buyer?.upline ?? []).slice(seen.length).map((id, index): (typeof seen)[number] => {
    const isActive = buyer?.uplineStatuses[seen.length + index] === "active";
    return [id, isActive ? "active" : "suspended"];
  });
  const all = [...seen, ...above];
  return all.map(([id, status], index) => ({
    participantId: id,
    level: index + 1,
    legParticipantId: all[index - 1]?.[0] ?? participantId,
    status,
  }));
}

type Merged = { steps: ReplayStep[]; lastConversion: string | null; lastRefund: HistoryRefund | null };

/**
 * Two lists in the order of time, as far as both are known: a list that goes on may still hold something earlier than
 * what the other one has.
 */
export function mergeSteps(
  conversions: { steps: readonly RecordedStep[]; isLast: boolean },
  refunds: { rows: readonly HistoryRefund[]; isLast: boolean },
): Merged {
  const merged: Merged = { steps: [], lastConversion: null, lastRefund: null };
  let [c, r] = [0, 0];
  for (;;) {
    const conversion = conversions.steps[c];
    const refund = refunds.rows[r];
    if ((!conversion && !conversions.isLast) || (!refund && !refunds.isLast)) return merged;
    if (conversion && (!refund || conversion.recordedAt.getTime() <= refund.at.getTime())) {
      merged.steps.push(conversion);
      merged.lastConversion = conversion.key;
      c++;
    } else if (refund) {
      const { conversionId, addedMinor, at } = refund;
      merged.steps.push({ kind: "refund", key: conversionId, addedMinor, at });
      merged.lastRefund = refund;
      r++;
    } else return merged;
  }
}
