import type { ConversionReport, ConversionRow } from "../conversions/conversion.ts";
import { findKnownConversions } from "../conversions/find-known-conversions.ts";
import { findWaitedFor } from "../conversions/find-waited-for.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { holdTerms } from "../programs/hold-terms.ts";
import { defaultMargin, type Program } from "../programs/program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { isQualified, type Referral, type ReferralStatus } from "../referrals/referral.ts";
import { keptTogether } from "./counter.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { uplineDepth } from "./plan.ts";
import { type PublishedPlan, planHolding } from "./plans-in-force.ts";
import { type Buyer, factsOf, type ProgramTerms, type ReferralFacts } from "./settled-conversion.ts";
import type { SettlementFacts } from "./settlement.ts";

type Reported = Pick<ConversionReport, "kind" | "amount" | "profit" | "participant" | "product">;

export type FoundFacts = {
  facts: SettlementFacts;
  published: PublishedPlan;
  /** How the buyer's referral stands before this conversion. */
  referralStatus: ReferralStatus | null;
};

/** What was read once to settle many conversions. */
export type SettlementDesk = {
  program: Program;
  /** Those of them that stand already, by external id. */
  known: ReadonlyMap<string, ConversionRow>;
  /** The external ids that refunds wait for. */
  waitedFor: ReadonlySet<string>;
  /** The facts of one of them, or why it cannot be settled. */
  factsFor(report: Reported, occurredAt: Date): FoundFacts | Refusal;
};

type Named = { participant: string; externalId?: string };

/** Reads the program, its plans, the buyers with their uplines and referrals: a fixed number of statements at once. */
export async function findSettlementFacts(
  reader: Reader,
  conversions: readonly Named[],
  cache: PlanCache,
): Promise<SettlementDesk> {
  // The plans known from before say how far up to read; should they turn out deeper, it is read again.
  const guess = levelsOf(cache.get(reader.programId ?? "")?.plans ?? []);
  const participants = [...new Set(conversions.map(({ participant }) => participant))];
  const externalIds = conversions.flatMap(({ externalId }) => externalId ?? []);
  const [known, waitedFor, program, guessed, referrals] = await Promise.all([
    findKnownConversions(reader, externalIds),
    findWaitedFor(reader, externalIds),
    findHeldProgram(reader),
    findBuyers(reader, participants, guess),
    findReferrals(reader, participants),
  ]);
  const { plans, promotions } = await findPlans(reader, program, cache);
  const levels = levelsOf(plans);
  const buyers = levels > guess ? await findBuyers(reader, participants, levels) : guessed;
  const { currency, timeZone } = program;
  const kept = keptTogether([...plans.map(({ plan }) => plan), ...promotions]);
  const terms: ProgramTerms = { currency, timeZone, margin: defaultMargin(program), promotions, kept };
  return {
    program,
    known,
    waitedFor,
    factsFor: (report, occurredAt) => {
      const buyer: Buyer | undefined = buyers.get(report.participant);
      if (!buyer) return unknownParticipant(report.participant);
      const referral = referrals.get(buyer.id);
      const published = planHolding(plans, occurredAt, referral?.createdAt ?? null);
      if (!published) return new Refusal("no_plan_in_force");
      const facts = factsOf(report, buyer, factsOfReferral(referral), terms, published, occurredAt);
      return { facts, published, referralStatus: referral?.status ?? null };
    },
  };
}

/** As it stays until the transaction ends; both leave together. */
async function findHeldProgram(reader: Reader): Promise<Program> {
  const [, program] = await Promise.all([holdTerms(reader), findProgram(reader)]);
  return program;
}

function levelsOf(plans: readonly PublishedPlan[]): number {
  return Math.max(1, ...plans.map(({ plan }) => uplineDepth(plan)));
}

function factsOfReferral(referral: Referral | undefined): ReferralFacts {
  if (!referral) return { referral: "none", referredAt: null, isQualified: false, channel: null };
  const { status, createdAt, channel } = referral;
  return { referral: standingOf(status), referredAt: createdAt, isQualified: isQualified(status), channel };
}

function standingOf(status: ReferralStatus): ReferralFacts["referral"] {
  if (status === "waitlisted") return "no_reward";
  return status === "not_eligible" ? "rejected" : "counts";
}

function unknownParticipant(participant: string): Refusal {
  const message = "There is no such participant in this program.";
  return new Refusal("participant_not_found", {
    facts: { participant },
    errors: [{ pointer: "/participant", code: "participant_not_found", message }],
  });
}
