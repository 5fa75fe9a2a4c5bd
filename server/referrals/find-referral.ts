import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Referral } from "./referral.ts";
import { readReferral } from "./store.ts";

/** A referral by its own id or by that of whoever was referred. */
export async function findReferral(reader: Reader, id: string): Promise<Referral> {
  const referral = await readReferral(reader, id);
  if (!referral) throw new Refusal("not_found");
  return referral;
}
