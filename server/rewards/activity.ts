/** What a plan counts as being active: one of these within the days before a moment. */
export type Activity = { withinDays: number; by: readonly ("purchase" | "sign_in")[] };

type Document = { activity?: { within_days: number; by: readonly ("purchase" | "sign_in")[] } };

/** Null where the plan asks for nothing: then everybody is active who is not suspended. */
export function activityOf({ document }: { document: object }): Activity | null {
  const { activity } = document as Document;
  return activity ? { withinDays: activity.within_days, by: activity.by } : null;
}
