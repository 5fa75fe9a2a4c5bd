import { sql } from "kysely";
import type { Reader, Tx } from "../platform/database.ts";
import type { Click } from "./click.ts";

export const insertClicks = (tx: Tx, clicks: readonly Click[]) =>
  tx.run(sql`
    insert into clicks (program_id, position, id, link_id, participant_id, address_hash, referrer_host, device, occurred_at)
    select ${tx.programId}, ${tx.position}::bigint, id, link_id, participant_id, address_hash, referrer_host, device, ${tx.now}::timestamptz
      from unnest(${clicks.map((click) => click.id)}::text[], ${clicks.map((click) => click.linkId)}::text[],
                  ${clicks.map((click) => click.participantId)}::text[], ${clicks.map((click) => click.addressHash)}::text[],
                  ${clicks.map((click) => click.referrerHost)}::text[], ${clicks.map((click) => click.device)}::text[])
        as click (id, link_id, participant_id, address_hash, referrer_host, device)`);

export type StoredClick = { id: string; linkId: string; participantId: string; occurredAt: Date };

export const listClicks = (reader: Reader, ids: readonly string[]) =>
  reader.many<StoredClick>(sql`
    select id, link_id, participant_id, occurred_at
      from clicks
     where program_id = ${reader.programId} and id = any(${ids})
     order by id`);

/** Clicks per participant in the window [from, to) of positions. */
export const countClicks = (reader: Reader, from: bigint, to: bigint) =>
  reader.many<{ participantId: string; clicks: bigint }>(sql`
    select participant_id, count(*) as clicks
      from clicks
     where program_id = ${reader.programId} and position >= ${from}::bigint and position < ${to}::bigint
     group by participant_id
     order by participant_id`);
