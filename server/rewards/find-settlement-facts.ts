import type { ConversionReport } from "../conversions/conversion.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { defaultMargin, type Program } from "../programs/program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import type { Referral } from "../referrals/referral.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { uplineDepth } from "./plan.ts";
import { type PublishedPlan, planInForce } from "./plans-in-force.ts";
import { type Buyer, factsOf, type Standing } from "./settled-conversion.ts";
import type { SettlementFacts } from "./settlement.ts";

type Reported = Pick<ConversionReport, "kind" | "amount" | "profit" | "participant">;

/** What was read once to settle many conversions. */
export type SettlementDesk = {
  program: Program;
  /** The facts of one of them, or why it cannot be settled. */
  factsFor(
    report: Reported,
    occurredAt: Date,
  ): { facts: SettlementFacts; published: PublishedPlan } | Refusal;
};

/** Reads the program, its plans, the buyers with their uplines and referrals: a fixed number of statements. */
export async function findSettlementFacts(
  reader: Reader,
  participants: readonly string[],
  cache: PlanCache,
): Promise<SettlementDesk> {
  const program = await findProgram(reader);
  const plans = await findPlans(reader, program, cache);
  const levels = Math.max(1, ...plans.map(({ plan }) => uplineDepth(plan)));
  const buyers = await findBuyers(reader, participants, levels);
  const referrals = await findReferrals(reader, [...new Set([...buyers.values()].map((buyer) => buyer.id))]);
  const terms = { currency: program.currency, margin: defaultMargin(program) };
  return {
    program,
    factsFor: (report, occurredAt) => {
      const buyer: Buyer | undefined = buyers.get(report.participant);
      if (!buyer) return unknownParticipant(report.participant);
      const published = planInForce(plans, occurredAt);
      if (!published) return new Refusal("no_plan_in_force");
      const standing = standingOf(referrals.get(buyer.id));
      return { facts: factsOf(report, buyer, standing, terms, published, occurredAt), published };
    },
  };
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
