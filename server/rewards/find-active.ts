import type { Reader } from "../platform/database.ts";
import type { Plan } from "./plan.ts";
import { type AskedActivity, listActive } from "./store/activity.ts";

/** Who, when, and what the plan counts as being active; without it whoever is not suspended is. */
export type ActivityQuestion = { participantId: string; at: Date; activity: Plan["activity"] };

/**
 * Whether each was active at the moment asked about: did one of what the plan names in the days before, up to and with
 * the moment. Answers in the order of the questions, in one statement, and in none where no plan asks.
 */
export async function findActive(reader: Reader, questions: readonly ActivityQuestion[]): Promise<boolean[]> {
  const asked = questions.flatMap(({ participantId, at, activity }, index): AskedActivity[] =>
    activity
      ? [
          {
            index,
            participant_id: participantId,
            at: at.toISOString(),
            within_days: activity.withinDays,
            by_purchase: activity.by.includes("purchase"),
            by_sign_in: activity.by.includes("sign_in"),
          },
        ]
      : [],
  );
  if (asked.length === 0) return questions.map(() => true);
  const active = new Set((await listActive(reader, asked)).map(({ index }) => index));
  return questions.map(({ activity }, index) => activity === null || active.has(index));
}
