import type { ConversionRow } from "../conversions/conversion.ts";
import type { Tx } from "../platform/database.ts";
import { POINTS } from "../primitives/money.ts";
import { giveBacks } from "./give-back.ts";
import { parsePlan } from "./plan.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { listPublishedPlans } from "./store/plans.ts";
import type { RewardRow } from "./store.ts";
import { type StoredSettlement, storedUses } from "./stored-settlement.ts";

/** What was taken back of a reward, as it stood before; below zero where it was granted again. */
export type TakenPart = { reward: RewardRow; takenMinor: bigint };

/** Lets counters know what refunds free, or what a reversed chargeback uses again, as the plan of the purchase says. */
export async function recordGivenBack(
  tx: Tx,
  conversion: ConversionRow,
  parts: readonly TakenPart[],
): Promise<void> {
  const stored = conversion.settlement as StoredSettlement;
  if (stored.uses === undefined && parts.every(({ reward }) => reward.currency !== POINTS)) return;
  const rows = await listPublishedPlans(tx);
  const row = rows.find(({ version }) => version === conversion.planVersion);
  if (row === undefined) throw new Error(`Version ${conversion.planVersion} of the plan is gone.`);
  const { caps } = parsePlan(row.document).onRefund;
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
  await recordCounterUses(tx, uses);
}
