import { setDirectLimits } from "../participants/set-direct-limits.ts";
import { setOpenPlaces } from "../participants/set-open-places.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import type { Program } from "../programs/program.ts";
import { setNetworkTerms } from "../programs/set-network-terms.ts";
import { claimPlaces } from "../referrals/claim-places.ts";
import { holdSignups } from "../referrals/hold-signups.ts";
import type { Plan } from "./plan.ts";
import { planInForce, publishedPlans } from "./plans-in-force.ts";
import { listPublishedPlans } from "./store/plans.ts";

/**
 * Lets sign-ups follow the plan that is in force now: at once when it is published, and from its date where it
 * was published for later. Answers 1 when the terms have changed.
 */
export async function setTermsInForce(tx: Tx): Promise<number> {
  if ((await findNewTerms(tx)) === null) return 0;
  await holdSignups(tx);
  // Somebody else may have set them while we waited.
  const plan = await findNewTerms(tx);
  if (plan === null) return 0;
  const { directLimit, overflow, attributionWindowDays } = plan;
  await setNetworkTerms(tx, { directLimit, overflow, attributionWindowDays });
  await setDirectLimits(tx, directLimit);
  await setOpenPlaces(tx, overflow === "spillover" && directLimit !== null);
  await claimPlaces(tx);
  return 1;
}

/** The plan in force, where sign-ups do not follow it yet. */
async function findNewTerms(tx: Tx): Promise<Plan | null> {
  const program = await findProgram(tx);
  const published = planInForce(publishedPlans(await listPublishedPlans(tx)), tx.now);
  return published && !isFollowed(program, published.plan) ? published.plan : null;
}

type Terms = Pick<Program, "directLimit" | "overflow" | "attributionWindowDays">;

function isFollowed(program: Terms, plan: Terms): boolean {
  return (
    program.directLimit === plan.directLimit &&
    program.overflow === plan.overflow &&
    program.attributionWindowDays === plan.attributionWindowDays
  );
}
