import type { ConversionReport } from "../conversions/conversion.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Money } from "../primitives/money.ts";
import type { Rate } from "../primitives/rate.ts";
import { uplineDepth } from "./plan.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import { type SettlementFacts, settle } from "./settlement.ts";
import { UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import type { UplineMember } from "./upline.ts";
import type { Pass } from "./verdict.ts";

/** Who buys, and how the people above stand now. */
export type Buyer = {
  id: ParticipantId;
  upline: readonly ParticipantId[];
  uplineStatuses: readonly ("active" | "suspended" | "erased")[];
};

export type Standing = SettlementFacts["referral"];

/** What is kept beside a settled conversion, so that its settlement can be explained for ever. */
export type StoredSettlement = {
  margin: string;
  referral: Standing;
  upline: [participantId: ParticipantId, status: UplineMember["status"]][];
  passes: [ruleId: string, level: number, participantId: ParticipantId | null, reason: Pass["reason"]][];
  profit: number;
  profit_source: "given" | "default_margin";
};

/** The facts a conversion is settled by, at the moment it is reported. */
export function factsOf(
  report: Pick<ConversionReport, "kind" | "amount" | "profit">,
  buyer: Buyer,
  standing: Standing,
  program: { currency: string; margin: Rate },
  published: PublishedPlan,
  occurredAt: Date,
): SettlementFacts {
  const depth = uplineDepth(published.plan);
  return {
    ...UNCOUNTED,
    plan: published.plan,
    planVersion: published.version,
    conversion: {
      ...UNPLACED,
      participantId: buyer.id,
      kind: report.kind,
      amount: report.amount ?? { minor: 0n, currency: program.currency },
      profit: report.profit,
      occurredAt,
    },
    defaultMargin: program.margin,
    referral: standing,
    upline: buyer.upline.slice(0, depth).map((participantId, index) => ({
      participantId,
      level: index + 1,
      legParticipantId: index === 0 ? buyer.id : (buyer.upline[index - 1] as ParticipantId),
      status: buyer.uplineStatuses[index] === "active" ? "active" : "suspended",
    })),
  };
}

/** Settles, and says what to keep of it. */
export function settleAndKeep(facts: SettlementFacts) {
  const settlement = settle(facts);
  const stored: StoredSettlement = {
    margin: facts.defaultMargin.toString(),
    referral: facts.referral,
    upline: facts.upline.map((member) => [member.participantId, member.status]),
    passes: settlement.passes.map((pass) => [pass.ruleId, pass.level, pass.participantId, pass.reason]),
    profit: Number(settlement.profit.minor),
    profit_source: settlement.profitSource,
  };
  return { settlement, stored };
}

/** The same facts again, from what was kept; settling them gives the same verdicts. */
export function storedFacts(
  conversion: {
    participantId: ParticipantId;
    kind: string;
    amount: Money;
    profit: Money | null;
    occurredAt: Date;
  },
  stored: StoredSettlement,
  published: PublishedPlan,
): SettlementFacts {
  return {
    ...UNCOUNTED,
    plan: published.plan,
    planVersion: published.version,
    conversion: { ...UNPLACED, ...conversion },
    defaultMargin: BigInt(stored.margin) as Rate,
    referral: stored.referral,
    upline: stored.upline.map(([participantId, status], index) => ({
      participantId,
      level: index + 1,
      legParticipantId:
        index === 0 ? conversion.participantId : (stored.upline[index - 1]?.[0] as ParticipantId),
      status,
    })),
  };
}

/** The passes as settlement gave them. */
export function storedPasses(stored: StoredSettlement): Pass[] {
  return stored.passes.map(([ruleId, level, participantId, reason]) => ({
    kind: "pass",
    ruleId,
    level,
    participantId,
    reason,
  }));
}
