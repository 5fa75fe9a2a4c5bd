import { sql } from "kysely";
import type { Reader, Tx } from "../platform/database.ts";
import type { LinkRow, LinkTarget } from "./link.ts";

const COLUMNS = sql`id, participant_id, code, former_codes, label, channel, destination_url, parameters, expires_at, max_uses, uses,
       state, created_at, now() as read_at`;

export type NewLink = { id: string; participant_id: string; code: string };

export const insertLinks = (tx: Tx, links: readonly NewLink[]) =>
  tx.run(sql`
    insert into links (program_id, id, participant_id, code, created_at)
    select ${tx.programId}, id, participant_id, code, ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(links)}::json) as link (id text, participant_id text, code text)`);

/** A code that is taken, by whatever program, violates the directory's key. */
export const insertLinkCodes = (tx: Tx, links: readonly NewLink[]) =>
  tx.run(sql`
    insert into link_codes (code, program_id, link_id, participant_id)
    select code, ${tx.programId}, id, participant_id
      from json_to_recordset(${JSON.stringify(links)}::json) as link (id text, participant_id text, code text)`);

export const listTargets = (reader: Reader, codes: readonly string[]) =>
  reader.many<LinkTarget & { code: string }>(sql`
    select code, program_id, link_id, participant_id from link_codes where code = any(${codes}) order by code`);

/** The oldest link of each: the one they were given when they joined. */
export const listFirstLinks = (reader: Reader, participantIds: readonly string[]) =>
  reader.many<LinkRow>(sql`
    select distinct on (participant_id) ${COLUMNS}
      from links
     where program_id = ${reader.programId} and participant_id = any(${participantIds})
     order by participant_id, id`);

export const listLinks = (reader: Reader, ids: readonly string[]) =>
  reader.many<LinkRow>(sql`
    select ${COLUMNS} from links where program_id = ${reader.programId} and id = any(${ids}) order by id`);

/** Those of them whose uses are limited, until the transaction ends; in one order, so that nobody waits in a circle. */
export const lockLimitedLinks = (tx: Tx, ids: readonly string[]) =>
  tx.many<LinkRow>(sql`
    select ${COLUMNS}
      from links
     where program_id = ${tx.programId} and id = any(${ids}) and max_uses is not null
     order by id
       for no key update`);

export const addLinkUses = (tx: Tx, uses: readonly { used_id: string; added: number }[]) =>
  tx.run(sql`
    update links
       set uses = uses + added
      from json_to_recordset(${JSON.stringify(uses)}::json) as used (used_id text, added int)
     where program_id = ${tx.programId} and id = used_id`);
