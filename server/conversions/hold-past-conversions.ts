import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { ConversionRow } from "./conversion.ts";
import { lockSettledOf } from "./store/history.ts";

/** Conversions settled again by one decision. */
const CONVERSIONS_MAX = 2_000;

/** What somebody bought and was settled, in the order in which it was, locked until the transaction ends. */
export async function holdPastConversions(tx: Tx, participantId: string): Promise<ConversionRow[]> {
  const rows = await lockSettledOf(tx, participantId, CONVERSIONS_MAX + 1);
  if (rows.length <= CONVERSIONS_MAX) return rows;
  throw new Refusal("too_many_conversions", { facts: { limit: CONVERSIONS_MAX } });
}
