import { sql } from "kysely";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import type { Participant, ParticipantId, Person } from "./participant.ts";

const COLUMNS = sql`id, external_id, status, country, segment, language, upline, direct_count, direct_limit, is_unplaced,
       suspended_at, suspension_reason, is_name_shown, marketing_consented_at, email_verified_at, created_at`;
const PERSON_COLUMNS = sql`participant.id, participant.external_id, participant.status, participant.country,
       participant.segment, participant.language, participant.upline, participant.direct_count, participant.direct_limit,
       participant.is_unplaced, participant.suspended_at, participant.suspension_reason, participant.is_name_shown,
       participant.marketing_consented_at, participant.email_verified_at, participant.created_at,
       coalesce(identity.name, '') as name, coalesce(identity.email, '') as email`;

export type NewParticipant = {
  id: string;
  external_id: string | null;
  country: string | null;
  segment: string | null;
  language: string;
  upline: readonly string[];
  direct_limit: number | null;
  is_unplaced: boolean;
  is_name_shown: boolean;
  has_marketing_consent: boolean;
  name: string;
  email: string;
  email_hash: string;
};

export const insertParticipants = (tx: Tx, participants: readonly NewParticipant[]) =>
  tx.run(sql`
    insert into participants (program_id, id, position, external_id, country, segment, language, upline, direct_limit,
           is_unplaced, is_name_shown, marketing_consented_at, created_at)
    select ${tx.programId}, id, ${tx.position}::bigint, external_id, country, segment, language, upline, direct_limit,
           is_unplaced, is_name_shown, case when has_marketing_consent then ${tx.now}::timestamptz end,
           ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(participants)}::json)
        as participant (id text, external_id text, country text, segment text, language text, upline text[], direct_limit int,
                        is_unplaced boolean, is_name_shown boolean, has_marketing_consent boolean)`);

/** People of whom only the id is known. */
export const insertPseudonyms = (tx: Tx, ids: readonly string[]) =>
  tx.run(sql`
    insert into participants (program_id, id, position, created_at)
    select ${tx.programId}, id, ${tx.position}::bigint, ${tx.now}::timestamptz from unnest(${ids}::text[]) as pseudonym (id)`);

export const insertIdentities = (tx: Tx, participants: readonly NewParticipant[]) =>
  tx.run(sql`
    insert into participant_identities (program_id, participant_id, name, email, email_hash)
    select ${tx.programId}, id, name, email, email_hash
      from json_to_recordset(${JSON.stringify(participants)}::json)
        as participant (id text, name text, email text, email_hash text)`);

export const listPersons = (reader: Reader, ids: readonly string[]) =>
  reader.many<Person>(sql`
    select ${PERSON_COLUMNS}
      from participants as participant
      left join participant_identities as identity
        on identity.program_id = participant.program_id and identity.participant_id = participant.id
     where participant.program_id = ${reader.programId} and participant.id = any(${ids})
     order by participant.id`);

export const listPersonsByExternalId = (reader: Reader, externalIds: readonly string[]) =>
  reader.many<Person>(sql`
    select ${PERSON_COLUMNS}
      from participants as participant
      left join participant_identities as identity
        on identity.program_id = participant.program_id and identity.participant_id = participant.id
     where participant.program_id = ${reader.programId} and participant.external_id = any(${externalIds})
     order by participant.id`);

export type PersonFilter = {
  q: string | null;
  segment: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first; `q` looks in names, addresses and external ids. */
export const listPersonsNewest = (reader: Reader, filter: PersonFilter) => {
  const { conditions, order } = pageBy(sql`participant.id`, filter);
  const { q, segment } = filter;
  const ofSegment = segment === null ? null : sql`participant.segment = ${segment}`;
  const fits =
    q === null
      ? null
      : sql`(identity.name ilike ${q} or identity.email ilike ${q} or participant.external_id ilike ${q})`;
  return reader.many<Person>(sql`
    select ${PERSON_COLUMNS}
      from participants as participant
      left join participant_identities as identity
        on identity.program_id = participant.program_id and identity.participant_id = participant.id
     where participant.program_id = ${reader.programId} ${andAll([fits, ofSegment, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const listEmailHashes = (
  reader: Reader,
  emailHashes: readonly string[],
  participantIds: readonly string[],
) =>
  reader.many<{ participantId: string; emailHash: string }>(sql`
    select participant_id, email_hash
      from participant_identities
     where program_id = ${reader.programId}
       and (email_hash = any(${emailHashes}) or participant_id = any(${participantIds}))
     order by participant_id`);

/** Locked in one order everywhere, so that two sign-ups under the same people cannot deadlock. */
export const lockParticipants = (tx: Tx, ids: readonly string[]) =>
  tx.many<Participant>(sql`
    select ${COLUMNS}
      from participants
     where program_id = ${tx.programId} and id = any(${ids})
     order by id
       for no key update`);

export const updateParticipant = (
  tx: Tx,
  id: string,
  change: Pick<Participant, "country" | "segment" | "language" | "isNameShown" | "marketingConsentedAt">,
) =>
  tx.run(sql`
    update participants
       set country = ${change.country}, segment = ${change.segment}, language = ${change.language},
           is_name_shown = ${change.isNameShown},
           marketing_consented_at = ${change.marketingConsentedAt}::timestamptz
     where program_id = ${tx.programId} and id = ${id}`);

/** Answers who it was new for. */
export const markEmailVerified = (tx: Tx, ids: readonly string[]) =>
  tx.many<{ id: ParticipantId; status: string; country: string | null; segment: string | null }>(sql`
    update participants
       set email_verified_at = ${tx.now}
     where program_id = ${tx.programId} and id = any(${ids}) and email_verified_at is null and status <> 'erased'
    returning id, status, country, segment`);

export const updateParticipantStatus = (tx: Tx, id: string, status: string, reason: string | null) =>
  tx.run(sql`
    update participants
       set status = ${status}, suspension_reason = ${reason},
           suspended_at = case when ${status} = 'suspended' then ${tx.now}::timestamptz end
     where program_id = ${tx.programId} and id = ${id}`);

/** Counts new direct referrals; the row's own check refuses one beyond the limit. */
export const addDirectCounts = (tx: Tx, counts: readonly { id: string; added: number }[]) =>
  tx.run(sql`
    update participants
       set direct_count = direct_count + counted.added
      from json_to_recordset(${JSON.stringify(counts)}::json) as counted (id text, added int)
     where participants.program_id = ${tx.programId} and participants.id = counted.id`);

/** Only of those who wait: of a final place nothing can be written, the database sees to that. */
export const extendUplines = (
  tx: Tx,
  id: string,
  upline: readonly string[],
  levelsMax: number,
  isUnplaced: boolean,
) =>
  tx.many<{ id: ParticipantId; upline: ParticipantId[] }>(sql`
    update unplaced_participants
       set upline = (upline || ${upline}::text[])[1:${levelsMax}::int], is_unplaced = ${isUnplaced}
     where program_id = ${tx.programId} and (id = ${id} or ${id} = any(upline))
    returning id, upline`);

export const updateDirectLimits = (tx: Tx, directLimit: number | null) => {
  // Of nothing and a number `greatest` takes the number, which would be a limit where there is none.
  const limit = directLimit === null ? sql`null` : sql`greatest(${directLimit}::int, direct_count)`;
  return tx.run(sql`
    update participants
       set direct_limit = ${limit}
     where program_id = ${tx.programId} and direct_limit is distinct from ${limit}`);
};

export const addAdvocateCounts = (
  tx: Tx,
  counts: readonly { participant_id: string; clicks: number; qualified: number }[],
) =>
  tx.run(sql`
    insert into advocate_counts as counted (program_id, participant_id, clicks, qualified)
    select ${tx.programId}, participant_id, clicks, qualified
      from json_to_recordset(${JSON.stringify(counts)}::json)
        as count (participant_id text, clicks bigint, qualified bigint)
     order by participant_id
    on conflict (program_id, participant_id) do update
       set clicks = counted.clicks + excluded.clicks, qualified = counted.qualified + excluded.qualified`);

export const readPersonCounts = (reader: Reader, participantId: string) =>
  reader.maybe<{ directCount: number; directLimit: number | null; visits: bigint; qualified: bigint }>(sql`
    select participant.direct_count, participant.direct_limit,
           coalesce(counted.clicks, 0) as visits, coalesce(counted.qualified, 0) as qualified
      from participants as participant
      left join advocate_counts as counted
        on counted.program_id = participant.program_id and counted.participant_id = participant.id
     where participant.program_id = ${reader.programId} and participant.id = ${participantId}`);

export type BuyerRow = {
  id: ParticipantId;
  externalId: string | null;
  country: string | null;
  segment: string | null;
  upline: ParticipantId[];
  uplineStatuses: Participant["status"][];
};

/** Buyers with the nearest levels of their upline and how each of those stands now. */
export const listBuyers = (
  reader: Reader,
  ids: readonly string[],
  externalIds: readonly string[],
  levels: number,
) =>
  reader.many<BuyerRow>(sql`
    select buyer.id, buyer.external_id, buyer.country, buyer.segment, buyer.upline[1:${levels}::int] as upline,
           array(select advocate.status
                   from unnest(buyer.upline[1:${levels}::int]) with ordinality as place (id, level)
                   join participants as advocate
                     on advocate.program_id = ${reader.programId} and advocate.id = place.id
                  order by place.level) as upline_statuses
      from (select named.id, named.external_id, named.country, named.segment, named.upline
              from unnest(${ids}::text[]) as sought (sought_id)
              join participants as named on named.program_id = ${reader.programId} and named.id = sought.sought_id
            union all
            select named.id, named.external_id, named.country, named.segment, named.upline
              from unnest(${externalIds}::text[]) as sought (sought_id)
              join participants as named
                on named.program_id = ${reader.programId} and named.external_id = sought.sought_id) as buyer`);

export const listActiveIds = (reader: Reader, after: string, limit: number) =>
  reader.many<{ id: ParticipantId }>(sql`
    select id from participants
     where program_id = ${reader.programId} and id > ${after} and status = 'active'
     order by id
     limit ${limit}`);
