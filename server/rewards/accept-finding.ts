import { type Actor, actorId } from "../access/actor.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findLint } from "./find-lint.ts";
import { type AcknowledgementRow, insertAcknowledgement, lockPlan } from "./store/plans.ts";

export type Acknowledged = { acknowledgement: AcknowledgementRow; isNew: boolean };

/** Keeps, with the text of a draft, that somebody knows of an advisory finding and why it may be. */
export async function acceptFinding(
  tx: Tx,
  planId: string,
  { code, reason }: { code: string; reason: string },
  actor: Actor,
): Promise<Acknowledged> {
  const draft = await lockPlan(tx, planId);
  if (!draft) throw new Refusal("not_found");
  if (draft.state !== "draft") throw new Refusal("plan_published");
  const found = await findLint(tx, draft.document, tx.now);
  const known = found.hash === null ? undefined : found.acknowledgements.find((one) => one.code === code);
  if (known) return { acknowledgement: known, isNew: false };
  const finding = found.hash === null ? undefined : found.lint.findings.find((one) => one.code === code);
  if (!finding) throw new Refusal("finding_not_found");
  if (finding.severity === "blocking") throw new Refusal("finding_is_blocking");
  const row = { planHash: draft.hash, code, reason, actorKind: actor.kind, actorId: actorId(actor) };
  const acknowledgement = await insertAcknowledgement(tx, row);
  return { acknowledgement, isNew: true };
}
