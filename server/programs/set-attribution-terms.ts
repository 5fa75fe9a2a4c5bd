import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { AttributionTerms } from "./attribution-terms.ts";
import { insertAttributionTerms, updateAttribution } from "./store/attribution-terms.ts";
import { lockProgram } from "./store.ts";

export type AttributionChange = { model?: string; windowDays?: number | null };

/**
 * Sign-ups from now on are decided by these terms; those before keep theirs. Answers the version that changed, null
 * where nothing did.
 */
export async function setAttributionTerms(
  tx: Tx,
  change: AttributionChange,
  createdBy: string | null,
): Promise<Pick<AttributionTerms, "version" | "model" | "windowDays"> | null> {
  const program = await lockProgram(tx);
  if (!program) throw new Refusal("not_found");
  const { model = program.attributionModel, windowDays = program.attributionDays } = change;
  if (model === program.attributionModel && windowDays === program.attributionDays) return null;
  const terms = { version: program.attributionVersion + 1, model, windowDays };
  await insertAttributionTerms(tx, { ...terms, createdBy });
  await updateAttribution(tx, terms);
  return terms;
}
