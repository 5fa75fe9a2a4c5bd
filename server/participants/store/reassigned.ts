import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

export const insertFormerUplines = (tx: Tx, reassignmentId: string, ids: readonly string[]) =>
  tx.run(sql`
    insert into former_uplines (program_id, participant_id, reassignment_id, upline, until)
    select program_id, id, ${reassignmentId}, upline, ${tx.now}::timestamptz
      from participants
     where program_id = ${tx.programId} and id = any(${ids})`);

/** Up to whom is moved everything stays; from there on it is the new upline. */
export const moveUplines = (
  tx: Tx,
  refereeId: string,
  ids: readonly string[],
  { upline, isUnplaced, levelsMax }: { upline: readonly string[]; isUnplaced: boolean; levelsMax: number },
) =>
  tx.run(sql`
    update reassigned_participants
       set upline = (upline[1:coalesce(array_position(upline, ${refereeId}), 0)] || ${upline}::text[])[1:${levelsMax}::int],
           is_unplaced = ${isUnplaced}
     where program_id = ${tx.programId} and id = any(${ids})`);
