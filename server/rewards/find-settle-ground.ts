import type { Reader } from "../platform/database.ts";
import { findStoredBodies } from "../platform/idempotency.ts";
import type { PlanCache } from "./find-plans.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import type { SettleGround, SettleRequest } from "./settle-requests.ts";

/** Reads all that settling these requests depends on, in one exchange with the database. */
export async function findSettleGround(
  reader: Reader,
  requests: readonly SettleRequest[],
  cache: PlanCache,
): Promise<SettleGround> {
  const [stored, desk] = await Promise.all([
    findStoredBodies(reader, requests),
    findSettlementFacts(
      reader,
      requests.map(({ report }) => report),
      cache,
    ),
  ]);
  return { stored, desk };
}
