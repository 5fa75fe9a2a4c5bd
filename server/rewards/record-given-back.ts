import type { ConversionRow } from "../conversions/conversion.ts";
import type { Tx } from "../platform/database.ts";
import { POINTS } from "../primitives/money.ts";
import { holdTerms } from "../programs/hold-terms.ts";
import { giveBacks } from "./give-back.ts";
import { holdCounters } from "./hold-counters.ts";
import { publishedPlans } from "./plans-in-force.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { listPublishedPlans } from "./store/plans.ts";
import type { RewardRow } from "./store.ts";
import { type StoredSettlement, storedUses } from "./stored-settlement.ts";

/** What was taken back of a reward, as it stood before; below zero where it was granted again. */
export type TakenPart = { reward: RewardRow; takenMinor: bigint };

/**
 * Lets counters know what refunds free, or what a reversed chargeback uses again, as the plan of the purchase says.
 * It comes before the books change, in the order in which settling a purchase locks: counters, then balances.
 */
export async function recordGivenBack(
  tx: Tx,
  conversion: ConversionRow,
  parts: readonly TakenPart[],
): Promise<void> {
  const stored = conversion.settlement as StoredSettlement;
  if (stored.uses === undefined && parts.every(({ reward }) => reward.currency !== POINTS)) return;
  await holdTerms(tx);
  const plans = publishedPlans(await listPublishedPlans(tx));
  const plan = plans.find(({ version }) => version === conversion.planVersion)?.plan;
  if (plan === undefined) throw new Error(`Version ${conversion.planVersion} of the plan is gone.`);
  const { caps } = plan.onRefund;
  const uses = parts.flatMap(({ reward, takenMinor }) =>
    giveBacks(
      {
        to: reward.participantId,
        earned: { minor: reward.amountMinor, currency: reward.currency },
        uses: storedUses(stored, reward),
      },
      reward.reversedMinor,
      reward.reversedMinor + takenMinor,
      caps,
    ),
  );
  // Points that are kept begin here, before they are taken back: who begins them elsewhere must not miss this.
  const keys = uses.map(({ key }) => key);
  if (plans.some((one) => one.plan.kept.points)) await holdCounters(tx, keys);
  await recordCounterUses(tx, uses);
}
