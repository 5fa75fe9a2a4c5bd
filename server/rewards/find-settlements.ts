import type { ConversionRow } from "../conversions/conversion.ts";
import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import type { SettlementFacts } from "./settlement.ts";
import { type StoredSettlement, storedFacts, storedPasses } from "./stored-settlement.ts";
import type { Pass } from "./verdict.ts";

export type FoundSettlement = {
  published: PublishedPlan;
  facts: SettlementFacts;
  stored: StoredSettlement;
  passes: Pass[];
};

/** What each settled conversion was settled by; those not settled yet are left out. */
export async function findSettlements(
  reader: Reader,
  conversions: readonly ConversionRow[],
  cache: PlanCache,
): Promise<Map<string, FoundSettlement>> {
  const { plans, promotions } = await findPlans(reader, await findProgram(reader), cache);
  const found = new Map<string, FoundSettlement>();
  for (const row of conversions) {
    const published = plans.find((plan) => plan.version === row.planVersion);
    if (row.status !== "settled" || !published) continue;
    const stored = row.settlement as StoredSettlement;
    const { currency } = row;
    const facts = storedFacts(
      {
        participantId: row.participantId,
        kind: row.kind,
        amount: { minor: row.amountMinor, currency },
        profit: row.profitMinor === null ? null : { minor: row.profitMinor, currency },
        occurredAt: row.occurredAt,
      },
      stored,
      published,
      promotions,
    );
    found.set(row.id, { published, facts, stored, passes: storedPasses(stored, row.participantId) });
  }
  return found;
}
