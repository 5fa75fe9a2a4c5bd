import type { Reader } from "../platform/database.ts";
import { listPublishedPlans } from "./store/plans.ts";

/** Versions of the plan that were published after a moment, but for the first, which is no change to anybody. */
export async function findPublications(
  reader: Reader,
  after: Date,
): Promise<{ version: number; inForceFrom: Date; publishedAt: Date }[]> {
  return (await listPublishedPlans(reader)).flatMap(({ version, inForceFrom, publishedAt }) =>
    version === null || version === 1 || inForceFrom === null || publishedAt === null || publishedAt <= after
      ? []
      : [{ version, inForceFrom, publishedAt }],
  );
}
