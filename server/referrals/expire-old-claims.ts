import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { claimFact } from "./claim-fact.ts";
import { expireClaims } from "./store/claims.ts";

const CLAIMS_MAX = 500;

/** Ends claims that nobody decided in time, and tells whoever made them. Answers how many. */
export async function expireOldClaims(tx: Tx): Promise<number> {
  const expired = await expireClaims(tx, CLAIMS_MAX);
  await appendEvents(
    tx,
    expired.map((claim) => claimFact("claim.expired", claim)),
  );
  return expired.length;
}
