import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
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

/** What somebody chose themselves; what servers and operators know stays. */
export const deleteUnsubscriptions = (tx: Tx, recipientHash: string) =>
  tx.run(sql`
    delete from suppressions
     where program_id = ${tx.programId} and recipient_hash = ${recipientHash} and reason = 'unsubscribed'`);

/** Newest first, each with the address while it is known from the mail it came from. */
export const listSuppressions = (
  reader: Reader,
  filter: { recipientHash: string | null; after: string | null; before: string | null; limit: number },
) => {
  const { conditions, order } = pageBy(sql`suppression.id`, filter);
  const ofOne =
    filter.recipientHash === null ? null : sql`suppression.recipient_hash = ${filter.recipientHash}`;
  return reader.many<Suppression & { email: string | null }>(sql`
    select suppression.id, suppression.recipient_hash, scope, suppression.inviter_id, suppression.message, reason,
           suppression.mail_id, suppression.created_at, mail.to_address as email
      from suppressions as suppression
      left join mails as mail on mail.program_id = suppression.program_id and mail.id = suppression.mail_id
     where suppression.program_id = ${reader.programId} ${andAll([ofOne, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const deleteSuppression = (tx: Tx, id: string) =>
  tx.run(sql`delete from suppressions where program_id = ${tx.programId} and id = ${id}`);
