import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { NewTouch, StoredTouch } from "../stored-touch.ts";

export const insertTouches = (tx: Tx, touches: readonly NewTouch[]) =>
  tx.run(sql`
    insert into touches (program_id, referral_id, number, kind, code, click_id, invitation_id, link_id, advocate_id, channel,
                         referrer_host, device, occurred_at, outcome, reason)
    select ${tx.programId}, referral_id, number, kind, code, click_id, invitation_id, link_id, advocate_id, channel, referrer_host,
           device, occurred_at, outcome, reason
      from json_to_recordset(${JSON.stringify(touches)}::json)
        as touch (referral_id text, number smallint, kind text, code text, click_id text, invitation_id text, link_id text, advocate_id text,
                  channel text, referrer_host text, device text, occurred_at timestamptz, outcome text, reason text)`);

/** As they came. */
export const listTouches = (reader: Reader, referralId: string) =>
  reader.many<StoredTouch>(sql`
    select number, kind, code, click_id, invitation_id, link_id, advocate_id, channel, referrer_host, device,
           occurred_at, outcome, reason
      from touches
     where program_id = ${reader.programId} and referral_id = ${referralId}
     order by number`);
