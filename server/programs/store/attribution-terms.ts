import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { AttributionTerms } from "../attribution-terms.ts";

const COLUMNS = sql`version, model, window_days, valid_from, created_by`;

export const insertAttributionTerms = (
  tx: Tx,
  terms: Pick<AttributionTerms, "version" | "model" | "windowDays" | "createdBy">,
) =>
  tx.run(sql`
    insert into attribution_terms (program_id, version, model, window_days, valid_from, created_by)
    values (${tx.programId}, ${terms.version}, ${terms.model}, ${terms.windowDays}::int, ${tx.now}, ${terms.createdBy})`);

/** Newest first. */
export const listAttributionTerms = (reader: Reader, limit: number) =>
  reader.many<AttributionTerms>(sql`
    select ${COLUMNS} from attribution_terms
     where program_id = ${reader.programId}
     order by version desc
     limit ${limit}`);

/** The newest terms stand with the program, where every sign-up reads them. */
export const updateAttribution = (
  tx: Tx,
  terms: Pick<AttributionTerms, "version" | "model" | "windowDays">,
) =>
  tx.run(sql`
    update programs
       set attribution_model = ${terms.model}, attribution_version = ${terms.version},
           attribution_days = ${terms.windowDays}::int, updated_at = ${tx.now}
     where program_id = ${tx.programId}`);
