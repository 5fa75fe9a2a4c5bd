import { sql } from "kysely";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import type { LinkId, LinkRow, LinkTarget } from "./link.ts";

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

/** One at a time gives a person another link, so that a limit on their number holds. */
export const lockLinksOf = (tx: Tx, participantId: string) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`links ${participantId}`}, 0))`);

/** Of one person, the oldest first; without those that are switched off. */
export const listLinksOf = (reader: Reader, participantId: string, limit: number) =>
  reader.many<LinkRow>(sql`
    select ${COLUMNS}
      from links
     where program_id = ${reader.programId} and participant_id = ${participantId} and state <> 'disabled'
     order by id
     limit ${limit}`);

/** Of one person, those that are switched off too. */
export const countLinksOf = (reader: Reader, participantId: string) =>
  reader.one<{ usable: number; all: number }>(sql`
    select count(*) filter (where state <> 'disabled')::int as usable, count(*)::int as all
      from links
     where program_id = ${reader.programId} and participant_id = ${participantId}`);

export type LinkFilter = {
  participantId: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listLinkPage = (reader: Reader, filter: LinkFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const ofOne = filter.participantId === null ? null : sql`participant_id = ${filter.participantId}`;
  return reader.many<LinkRow>(sql`
    select ${COLUMNS} from links
     where program_id = ${reader.programId} ${andAll([ofOne, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const lockLink = (tx: Tx, id: string) =>
  tx.maybe<LinkRow>(sql`
    select ${COLUMNS} from links where program_id = ${tx.programId} and id = ${id} for no key update`);

/** False where somebody has it, or one that looks like it. */
export const insertSlug = (
  tx: Tx,
  {
    code,
    look,
    linkId,
    participantId,
  }: { code: string; look: string | null; linkId: string; participantId: string },
) =>
  tx.run(sql`
    insert into link_codes (code, program_id, link_id, participant_id, look)
    values (${code}, ${tx.programId}, ${linkId}, ${participantId}, ${look})
    on conflict do nothing`);

/** Those of these addresses that somebody has, and those that look like one. */
export const listTaken = (reader: Reader, codes: readonly string[], looks: readonly string[]) =>
  reader.many<{ code: string; look: string | null; linkId: LinkId }>(sql`
    select code, look, link_id from link_codes
     where code = any(${codes}) or look = any(${looks})
     order by code`);

export type LinkValues = {
  label: string | null;
  channel: string | null;
  destinationUrl: string | null;
  parameters: Record<string, string>;
  expiresAt: Date | null;
  maxUses: number | null;
};

export const insertLink = (
  tx: Tx,
  link: LinkValues & { id: string; participantId: string; code: string; formerCodes: readonly string[] },
) =>
  tx.one<LinkRow>(sql`
    insert into links (program_id, id, participant_id, code, former_codes, label, channel, destination_url, parameters,
           expires_at, max_uses, created_at)
    values (${tx.programId}, ${link.id}, ${link.participantId}, ${link.code}, ${link.formerCodes}::text[], ${link.label},
           ${link.channel}, ${link.destinationUrl}, ${JSON.stringify(link.parameters)}::json,
           ${link.expiresAt}::timestamptz, ${link.maxUses}::int, ${tx.now}::timestamptz)
    returning ${COLUMNS}`);

/** A date that has not come yet is told to the log again when it does. */
export const updateLink = (
  tx: Tx,
  link: LinkValues & { id: string; code: string; formerCodes: readonly string[]; uses: number },
) =>
  tx.one<LinkRow>(sql`
    update links
       set code = ${link.code}, former_codes = ${link.formerCodes}::text[], label = ${link.label},
           channel = ${link.channel}, destination_url = ${link.destinationUrl},
           parameters = ${JSON.stringify(link.parameters)}::json, expires_at = ${link.expiresAt}::timestamptz,
           expired_at = case when expires_at is not distinct from ${link.expiresAt}::timestamptz then expired_at end,
           max_uses = ${link.maxUses}::int, uses = ${link.uses}::int, updated_at = ${tx.now}::timestamptz
     where program_id = ${tx.programId} and id = ${link.id}
    returning ${COLUMNS}`);

export const updateLinkState = (tx: Tx, id: string, state: LinkRow["state"]) =>
  tx.one<LinkRow>(sql`
    update links set state = ${state}, updated_at = ${tx.now}::timestamptz
     where program_id = ${tx.programId} and id = ${id}
    returning ${COLUMNS}`);

/** Those whose date has passed and of whom the log has not been told; told from now on. */
export const expireLinks = (tx: Tx, limit: number) =>
  tx.many<{ id: LinkId; participantId: string; expiresAt: Date }>(sql`
    update links
       set expired_at = ${tx.now}::timestamptz
     where program_id = ${tx.programId}
       and id in (select id from links
                   where program_id = ${tx.programId} and expires_at <= ${tx.now}::timestamptz and expired_at is null
                     and state <> 'disabled'
                   order by expires_at, id
                   limit ${limit} for no key update skip locked)
    returning id, participant_id, expires_at`);

/** Links in use that expire after a place and up to a moment, the soonest first. */
export const listLinksExpiring = (
  reader: Reader,
  after: { at: Date; id: string },
  until: Date,
  limit: number,
) =>
  reader.many<{ id: LinkId; participantId: string; label: string | null; code: string; expiresAt: Date }>(sql`
    select id, participant_id, label, code, expires_at
      from links
     where program_id = ${reader.programId} and state <> 'disabled' and expires_at is not null
       and (date_trunc('milliseconds', expires_at), id) > (${after.at}::timestamptz, ${after.id})
       and expires_at >= ${after.at}::timestamptz and expires_at <= ${until}::timestamptz
     order by expires_at, id
     limit ${limit}`);
