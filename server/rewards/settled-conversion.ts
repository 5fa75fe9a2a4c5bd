import type { ConversionReport } from "../conversions/conversion.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Rate } from "../primitives/rate.ts";
import { asksPlace } from "./condition.ts";
import type { KeptCounters } from "./counter.ts";
import { uplineDepth } from "./plan.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import type { Promotion } from "./promotion.ts";
import { promotionsAt } from "./promotions-in-force.ts";
import { type SettlementFacts, settle } from "./settlement.ts";
import { UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import { storedSettlement } from "./stored-settlement.ts";
import type { UplineMember } from "./upline.ts";

/** Who buys, and how the people above stand now. */
export type Buyer = {
  id: ParticipantId;
  country: string | null;
  segment: string | null;
  upline: readonly ParticipantId[];
  uplineStatuses: readonly ("active" | "suspended" | "erased")[];
};

/** What the program says beside its plans. */
export type ProgramTerms = {
  currency: string;
  timeZone: string;
  margin: Rate;
  /** All that were launched, in the order of their start. */
  promotions: readonly Promotion[];
  kept: KeptCounters;
};

/** How the buyer was brought. */
export type ReferralFacts = Pick<SettlementFacts, "referral" | "referredAt" | "isQualified"> & {
  channel: string | null;
};

/** The facts a conversion is settled by, at the moment it is reported; counters come when they are locked. */
export function factsOf(
  report: Pick<ConversionReport, "kind" | "amount" | "profit" | "product">,
  buyer: Buyer,
  { referral, referredAt, isQualified, channel }: ReferralFacts,
  program: ProgramTerms,
  published: PublishedPlan,
  occurredAt: Date,
): SettlementFacts {
  const { plan, version } = published;
  const promotions = promotionsAt(program.promotions, occurredAt);
  const asked = [...plan.rules, ...promotions, ...(plan.qualifies === null ? [] : [plan.qualifies])];
  const isEarly = referredAt !== null && occurredAt.getTime() < referredAt.getTime();
  const place = { country: buyer.country, channel, product: report.product, segment: buyer.segment };
  return {
    ...UNCOUNTED,
    plan,
    planVersion: version,
    conversion: {
      ...(asked.some(({ conditions }) => asksPlace(conditions)) ? place : UNPLACED),
      participantId: buyer.id,
      kind: report.kind,
      amount: report.amount ?? { minor: 0n, currency: program.currency },
      profit: report.profit,
      occurredAt,
    },
    defaultMargin: program.margin,
    referral,
    referredAt: isEarly || asked.some(({ conditions }) => conditions.withinDays !== null) ? referredAt : null,
    isQualified,
    upline: uplineOf(buyer, uplineDepth(plan)),
    promotions,
    timeZone: program.timeZone,
    kept: program.kept,
  };
}

function uplineOf({ id, upline, uplineStatuses }: Buyer, depth: number): UplineMember[] {
  return upline.slice(0, depth).map((participantId, index) => ({
    participantId,
    level: index + 1,
    legParticipantId: index === 0 ? id : (upline[index - 1] as ParticipantId),
    status: uplineStatuses[index] ?? "suspended",
  }));
}

/** Settles, and says what to keep of it. */
export function settleAndKeep(facts: SettlementFacts) {
  const settlement = settle(facts);
  return { settlement, stored: storedSettlement(facts, settlement) };
}
