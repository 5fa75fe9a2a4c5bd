import type { ConversionReport } from "../conversions/conversion.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Rate } from "../primitives/rate.ts";
import { keptTogether } from "../rewards/counter.ts";
import type { Terms } from "../rewards/find-plans.ts";
import type { PublishedPlan } from "../rewards/plans-in-force.ts";
import { factsOf, type ProgramTerms } from "../rewards/settled-conversion.ts";
import type { SettlementFacts } from "../rewards/settlement.ts";
import type { Seen } from "./logged-fact.ts";

type Asked = {
  report: Pick<ConversionReport, "kind" | "amount" | "profit" | "product">;
  occurredAt: Date;
  participant: ParticipantId;
  saw: Seen;
  currency: string;
  isQualified: boolean;
};

/** The facts of a settlement: how it saw the people around it, and for the rest what stands here. */
export function seenFacts(
  { report, occurredAt, participant, saw, currency, isQualified }: Asked,
  { plans, promotions }: Terms,
  published: PublishedPlan,
): SettlementFacts {
  const terms: ProgramTerms = {
    currency,
    timeZone: saw.time_zone,
    margin: BigInt(saw.margin) as Rate,
    promotions,
    kept: keptTogether([...plans.map(({ plan }) => plan), ...promotions]),
  };
  const facts = factsOf(
    report,
    {
      id: participant,
      country: saw.place?.country ?? null,
      segment: saw.place?.segment ?? null,
      upline: saw.upline.map(([id]) => id),
      uplineStatuses: saw.upline.map(() => "active"),
    },
    {
      referral: saw.referral,
      referredAt: seenReferredAt(saw),
      isQualified,
      channel: saw.place?.channel ?? null,
    },
    terms,
    published,
    occurredAt,
  );
  const upline = facts.upline.map((member, index) => ({
    ...member,
    status: saw.upline[index]?.[1] ?? member.status,
  }));
  return { ...facts, upline };
}

export function seenReferredAt({ referred_at: at }: Seen): Date | null {
  return at === null ? null : new Date(at);
}
