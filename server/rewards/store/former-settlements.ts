import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";

export type FormerSettlement = { conversion_id: string; number: number; settlement: unknown };

export const insertFormerSettlements = (
  tx: Tx,
  reassignmentId: string,
  former: readonly FormerSettlement[],
) =>
  tx.run(sql`
    insert into former_settlements (program_id, conversion_id, number, settlement, reassignment_id, until)
    select ${tx.programId}, conversion_id, number, settlement, ${reassignmentId}, ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(former)}::json)
        as former (conversion_id text, number smallint, settlement json)`);

/** When conversions were settled again for the first time; null where none ever was. */
export const readFirstResettlement = (reader: Reader) =>
  reader.one<{ at: Date | null }>(sql`
    select min(until) as at from former_settlements where program_id = ${reader.programId}`);
