import type { Tx } from "../platform/database.ts";
import { findTerms } from "./find-terms.ts";
import type { InvitationTerms } from "./limits.ts";
import { upsertTerms } from "./store/allowances.ts";

/** Changes what is named and leaves the rest. */
export async function setTerms(tx: Tx, change: Partial<InvitationTerms>): Promise<InvitationTerms> {
  const terms = { ...(await findTerms(tx)), ...change };
  await upsertTerms(tx, terms);
  return terms;
}
