import { sql } from "kysely";
import type { Reader, Tx } from "../platform/database.ts";
import type { Link, LinkTarget } from "./link.ts";

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

export const listLinksOf = (reader: Reader, participantIds: readonly string[]) =>
  reader.many<Link>(sql`
    select id, participant_id, code, state
      from links
     where program_id = ${reader.programId} and participant_id = any(${participantIds})
     order by participant_id, id`);

export const readLink = (reader: Reader, id: string) =>
  reader.maybe<Link>(sql`
    select id, participant_id, code, state from links where program_id = ${reader.programId} and id = ${id}`);
