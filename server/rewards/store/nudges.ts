import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";

export const listNudges = (reader: Reader, refereeIds: readonly string[]) =>
  reader.many<{ refereeId: string; nudgedAt: Date }>(sql`
    select referee_id, nudged_at from nudges
     where program_id = ${reader.programId} and referee_id = any(${refereeIds})
     order by referee_id`);

/** The number of this reminder; null when the last one is too young. Decided by the row, whoever asks at once. */
export const upsertNudge = (tx: Tx, refereeId: string, restBefore: Date) =>
  tx.maybe<{ count: number }>(sql`
    insert into nudges as known (program_id, referee_id, nudged_at, count)
    values (${tx.programId}, ${refereeId}, ${tx.now}, 1)
    on conflict (program_id, referee_id) do update
       set nudged_at = excluded.nudged_at, count = known.count + 1
     where known.nudged_at <= ${restBefore}
    returning count`);
