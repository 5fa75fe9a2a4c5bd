import type { Reader } from "../platform/database.ts";
import { type InvitationTerms, TERMS } from "./limits.ts";
import { readTerms } from "./store/allowances.ts";

/** What the program has set of its invitations; the rest is as we ship it. */
export async function findTerms(reader: Reader): Promise<InvitationTerms> {
  const row = await readTerms(reader);
  return { ...TERMS, ...(row?.terms as Partial<InvitationTerms> | undefined) };
}
