import type { EventRecord } from "../events/catalogue.ts";
import { findObjects } from "../events/find-objects.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { findEventObjects } from "../rewards/find-event-objects.ts";
import { findPlans, type PlanCache } from "../rewards/find-plans.ts";
import { occasionsOf } from "./event-occasion.ts";
import type { MilestoneRules } from "./occasion.ts";
import { recordNotices } from "./record-notices.ts";
import { gather } from "./slot.ts";

/** Turns facts of the log into what people are told. Whoever reads the log moves on in the same transaction. */
export async function notifyParticipants(
  tx: Tx,
  events: readonly EventRecord[],
  plans: PlanCache,
): Promise<number> {
  const told = await findObjects(tx, events, findEventObjects);
  const isMilestone = await milestonesOf(tx, plans);
  return recordNotices(tx, gather(told.flatMap((event) => occasionsOf(event, isMilestone))));
}

async function milestonesOf(tx: Tx, cache: PlanCache): Promise<MilestoneRules> {
  const { plans } = await findPlans(tx, await findProgram(tx), cache);
  const bonuses = new Set(
    plans.flatMap(({ version, plan: { rules } }) =>
      rules.flatMap(({ id, rule }) => (rule.name === "milestone_bonus" ? [`${version} ${id}`] : [])),
    ),
  );
  return (version, rule) => bonuses.has(`${version} ${rule}`);
}
