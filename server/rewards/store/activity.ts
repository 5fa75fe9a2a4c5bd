import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";

export type AskedActivity = {
  index: number;
  participant_id: string;
  at: string;
  within_days: number;
  by_purchase: boolean;
  by_sign_in: boolean;
};

/**
 * Which of the questions are answered with yes. Purchases count by the second, days of visiting as whole days in UTC:
 * the day of the moment and as many before it as the plan says, less one.
 */
export const listActive = (reader: Reader, asked: readonly AskedActivity[]) =>
  reader.many<{ index: number }>(sql`
    select asked.index
      from json_to_recordset(${JSON.stringify(asked)}::json)
        as asked (index int, participant_id text, at timestamptz, within_days int, by_purchase boolean, by_sign_in boolean)
     where (asked.by_sign_in and exists (
             select from participant_activity as visited
              where visited.program_id = ${reader.programId} and visited.participant_id = asked.participant_id
                and visited.day > (asked.at at time zone 'UTC')::date - asked.within_days
                and visited.day <= (asked.at at time zone 'UTC')::date))
        or (asked.by_purchase and exists (
             select from conversions as bought
              where bought.program_id = ${reader.programId} and bought.participant_id = asked.participant_id
                and bought.kind = 'purchase'
                and bought.occurred_at > asked.at - make_interval(days => asked.within_days)
                and bought.occurred_at <= asked.at))
     order by asked.index`);
