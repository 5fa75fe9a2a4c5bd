import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

/** One row a day, in UTC, however often somebody comes. Answers how many are new. */
export const insertActivity = (tx: Tx, participantId: string) =>
  tx.run(sql`
    insert into participant_activity (program_id, participant_id, day)
    values (${tx.programId}, ${participantId}, (${tx.now}::timestamptz at time zone 'UTC')::date)
    on conflict (program_id, participant_id, day) do nothing`);
