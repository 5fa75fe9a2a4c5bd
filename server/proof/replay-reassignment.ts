import { holdPastConversions } from "../conversions/hold-past-conversions.ts";
import { holdParticipants } from "../participants/hold-participants.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import type { Move } from "../referrals/reassignment.ts";
import { findPlans, type PlanCache } from "../rewards/find-plans.ts";
import { findRewards } from "../rewards/find-rewards.ts";
import { reassignReferral } from "../rewards/reassign-referral.ts";
import type { PastConversion } from "../rewards/resettlement.ts";
import type { LoggedReassignment } from "./logged-fact.ts";
import { seenFacts } from "./seen-facts.ts";

const ORDER = {
  reason: "So it stands in the log.",
  actor: { kind: "system" },
  claimId: null,
  proposalId: null,
} as const;

/** Puts somebody under another advocate as it was decided, and settles what they bought again as it was seen then. */
export async function replayReassignment(
  tx: Tx,
  logged: LoggedReassignment,
  cache: PlanCache,
): Promise<void> {
  const move = await moveOf(tx, logged);
  const past = await pastOf(tx, logged, cache);
  const order = { ...ORDER, refereeId: logged.referee, advocateId: logged.advocate };
  await reassignReferral(tx, order, cache, { move, past });
}

async function moveOf(
  tx: Tx,
  { referee: refereeId, advocate: advocateId, former }: LoggedReassignment,
): Promise<Move> {
  const { advocates: people } = await holdParticipants(tx, {
    advocateIds: [refereeId, advocateId],
    externalIds: [],
  });
  const referee = people.find(({ id }) => id === refereeId);
  const advocate = people.find(({ id }) => id === advocateId);
  if (!referee || !advocate) throw new Refusal("not_found");
  const referral = (await findReferrals(tx, [refereeId])).get(refereeId) ?? null;
  return {
    ...{ referee, advocate, referral, formerAdvocateId: former, inviterId: advocateId, below: [] },
    // Nobody has an address here; who counts once is told by the id.
    emailHash: refereeId,
  };
}

async function pastOf(
  tx: Tx,
  { referee, conversions }: LoggedReassignment,
  cache: PlanCache,
): Promise<PastConversion[]> {
  const rows = await holdPastConversions(tx, referee);
  const program = await findProgram(tx);
  const terms = await findPlans(tx, program, cache);
  const rewards = await findRewards(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row): PastConversion => {
    const told = conversions.find(({ id }) => id === row.id);
    const published = terms.plans.find(({ version }) => version === row.planVersion);
    if (!told || !published) throw new Refusal("not_found");
    const { currency } = program;
    const profit = row.profitMinor === null ? null : { minor: row.profitMinor, currency };
    const report = {
      kind: row.kind,
      amount: { minor: row.amountMinor, currency },
      profit,
      product: row.product,
    };
    return {
      row,
      facts: seenFacts(
        {
          ...{ report, occurredAt: row.occurredAt, participant: row.participantId, saw: told.saw },
          ...{ currency, isQualified: false },
        },
        terms,
        published,
      ),
      rewards: (rewards.get(row.id) ?? []).filter(({ status }) => status !== "cancelled"),
    };
  });
}
