import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { Suppression } from "../suppression.ts";

const COLUMNS = sql`id, recipient_hash, scope, inviter_id, message, reason, mail_id, created_at`;

export const listSuppressionsOf = (reader: Reader, hashes: readonly string[]) =>
  reader.many<Suppression>(sql`
    select ${COLUMNS} from suppressions
     where program_id = ${reader.programId} and recipient_hash = any(${hashes})
     order by id`);

/** The same wish is kept once; answers null when it was known. */
export const insertSuppression = (tx: Tx, suppression: Omit<Suppression, "createdAt">) =>
  tx.maybe<Suppression>(sql`
    insert into suppressions (program_id, id, recipient_hash, scope, inviter_id, message, reason, mail_id, created_at)
    values (${tx.programId}, ${suppression.id}, ${suppression.recipientHash}, ${suppression.scope},
            ${suppression.inviterId}, ${suppression.message}, ${suppression.reason}, ${suppression.mailId}, ${tx.now})
    on conflict do nothing
    returning ${COLUMNS}`);
