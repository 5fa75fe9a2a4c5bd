import type { ConversionReport } from "../conversions/conversion.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { defaultMargin, type Program } from "../programs/program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import type { Referral, ReferralStatus } from "../referrals/referral.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { uplineDepth } from "./plan.ts";
import { type PublishedPlan, planInForce } from "./plans-in-force.ts";
import { type Buyer, factsOf, type Standing } from "./settled-conversion.ts";
import type { SettlementFacts } from "./settlement.ts";

type Reported = Pick<ConversionReport, "kind" | "amount" | "profit" | "participant">;

export type FoundFacts = {
  facts: SettlementFacts;
  published: PublishedPlan;
  /** How the buyer's referral stands before this conversion. */
  referralStatus: ReferralStatus | null;
};

/** What was read once to settle many conversions. */
export type SettlementDesk = {
  program: Program;
  /** The facts of one of them, or why it cannot be settled. */
  factsFor(report: Reported, occurredAt: Date): FoundFacts | Refusal;
};

/** Reads the program, its plans, the buyers with their uplines and referrals: a fixed number of statements. */
export async function findSettlementFacts(
  reader: Reader,
  participants: readonly string[],
  cache: PlanCache,
): Promise<SettlementDesk> {
  // The plans known from before say how far up to read; should they turn out deeper, it is read again.
  const guess = levelsOf(cache.get(reader.programId ?? "")?.plans ?? []);
  const [program, guessed] = await Promise.all([
    findProgram(reader),
    findBuyers(reader, participants, guess),
  ]);
  const plans = await findPlans(reader, program, cache);
  const levels = levelsOf(plans);
  const buyers = levels > guess ? await findBuyers(reader, participants, levels) : guessed;
  const referrals = await findReferrals(reader, [...new Set([...buyers.values()].map((buyer) => buyer.id))]);
  const terms = { currency: program.currency, margin: defaultMargin(program) };
  return {
    program,
    factsFor: (report, occurredAt) => {
      const buyer: Buyer | undefined = buyers.get(report.participant);
      if (!buyer) return unknownParticipant(report.participant);
      const published = planInForce(plans, occurredAt);
      if (!published) return new Refusal("no_plan_in_force");
      const referral = referrals.get(buyer.id);
      const facts = factsOf(report, buyer, standingOf(referral), terms, published, occurredAt);
      return { facts, published, referralStatus: referral?.status ?? null };
    },
  };
}

function levelsOf(plans: readonly PublishedPlan[]): number {
  return Math.max(1, ...plans.map(({ plan }) => uplineDepth(plan)));
}

function standingOf(referral: Referral | undefined): Standing {
  if (!referral) return "none";
  return referral.status === "not_eligible" ? "rejected" : "counts";
}

function unknownParticipant(participant: string): Refusal {
  const message = "There is no such participant in this program.";
  return new Refusal("participant_not_found", {
    facts: { participant },
    errors: [{ pointer: "/participant", code: "participant_not_found", message }],
  });
}
