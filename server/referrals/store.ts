import { sql } from "kysely";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import type { Referral, ReferralStatus } from "./referral.ts";

const COLUMNS = sql`id, referee_id, advocate_id, coalesce(inviter_id, advocate_id) as inviter_id, channel, status,
       wait_number, reasons, attribution_model, attribution_version, created_at`;

export const lockSignups = (tx: Tx) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-ups ${tx.programId}`}, 0))`);

export type NewReferral = {
  id: string;
  referee_id: string;
  advocate_id: string | null;
  inviter_id: string | null;
  channel: string | null;
  status: string;
  wait_number: number | null;
  reasons: readonly string[];
  link_id: string | null;
  attribution_model: string | null;
  attribution_version: number | null;
};

export const insertReferrals = (tx: Tx, referrals: readonly NewReferral[]) =>
  tx.run(sql`
    insert into referrals (program_id, id, referee_id, advocate_id, inviter_id, channel, status, wait_number, reasons,
           attribution_model, attribution_version, link_id, created_at)
    select ${tx.programId}, id, referee_id, advocate_id, inviter_id, channel, status, wait_number, reasons,
           attribution_model, attribution_version, link_id, ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(referrals)}::json)
        as referral (id text, referee_id text, advocate_id text, inviter_id text, channel text, status text,
                     wait_number int, reasons text[], attribution_model text, attribution_version int,
                     link_id text)`);

export const insertReferredPeople = (tx: Tx, people: readonly { email_hash: string; referee_id: string }[]) =>
  tx.run(sql`
    insert into referred_people (program_id, email_hash, referee_id)
    select ${tx.programId}, email_hash, referee_id
      from json_to_recordset(${JSON.stringify(people)}::json) as person (email_hash text, referee_id text)`);

export const listReferredPeople = (reader: Reader, emailHashes: readonly string[]) =>
  reader.many<{ emailHash: string; refereeId: string }>(sql`
    select email_hash, referee_id from referred_people
     where program_id = ${reader.programId} and email_hash = any(${emailHashes})
     order by email_hash`);

/** Of referees by their ids, ours or those of the caller's. */
export const listReferralsOfReferees = (
  reader: Reader,
  refereeIds: readonly string[],
  externalIds: readonly string[],
) =>
  reader.many<Referral>(sql`
    select ${COLUMNS}
      from (select sought_id
              from unnest(${refereeIds}::text[]) as sought (sought_id)
            union all
            select named.id
              from unnest(${externalIds}::text[]) as sought (external_id)
              join participants as named
                on named.program_id = ${reader.programId} and named.external_id = sought.external_id) as sought
      join referrals on referrals.program_id = ${reader.programId} and referrals.referee_id = sought.sought_id`);

/** Of each advocate with a line: how many wait, and the last number drawn. */
export const listReferralsAfter = (reader: Reader, after: string, before: Date, limit: number) =>
  reader.many<Referral>(sql`
    select ${COLUMNS} from referrals
     where program_id = ${reader.programId} and id > ${after} and created_at < ${before}
       and status in ('joined', 'qualified', 'rewarded')
     order by id
     limit ${limit}`);

export const listLines = (reader: Reader, advocateIds: readonly string[]) =>
  reader.many<{ advocateId: string; waiting: number; lastNumber: number }>(sql`
    select advocate_id, count(*)::int as waiting, max(wait_number) as last_number
      from referrals
     where program_id = ${reader.programId} and advocate_id = any(${advocateIds}) and status = 'waitlisted'
     group by advocate_id
     order by advocate_id`);

/** Those who wait for somebody active with room for them: as many of each line as there are places, in their order. */
export const listPlaceable = (reader: Reader, limit: number) =>
  reader.many<Referral>(sql`
    select waiting.id, waiting.referee_id, waiting.advocate_id, waiting.advocate_id as inviter_id, waiting.channel,
           waiting.status, waiting.wait_number, waiting.reasons, waiting.attribution_model,
           waiting.attribution_version, waiting.created_at
      from (select *, row_number() over (partition by advocate_id order by wait_number) as position
              from referrals
             where program_id = ${reader.programId} and status = 'waitlisted') as waiting
      join participants as advocate
        on advocate.program_id = waiting.program_id and advocate.id = waiting.advocate_id
     where advocate.status = 'active'
       and (advocate.direct_limit is null or waiting.position <= advocate.direct_limit - advocate.direct_count)
     order by waiting.wait_number, waiting.id
     limit ${limit}`);

export const joinWaiting = (tx: Tx, refereeId: string) =>
  tx.run(sql`
    update referrals set status = 'joined', wait_number = null
     where program_id = ${tx.programId} and referee_id = ${refereeId} and status = 'waitlisted'`);

/** Of each of these who waits: how many are placed before them, and they themselves. */
export const listWaitPositions = (reader: Reader, refereeIds: readonly string[]) =>
  reader.many<{ refereeId: string; position: number }>(sql`
    select waiting.referee_id,
           (select count(*)::int from referrals as before
             where before.program_id = waiting.program_id and before.advocate_id = waiting.advocate_id
               and before.status = 'waitlisted' and before.wait_number <= waiting.wait_number) as position
      from referrals as waiting
     where waiting.program_id = ${reader.programId} and waiting.referee_id = any(${refereeIds})
       and waiting.status = 'waitlisted'
     order by waiting.referee_id`);

/** An advocate's line from its front. */
export const listLine = (reader: Reader, advocateId: string, after: number, limit: number) =>
  reader.many<Referral & { position: bigint }>(sql`
    select ${COLUMNS}, position
      from (select *, row_number() over (order by wait_number) as position
              from referrals
             where program_id = ${reader.programId} and advocate_id = ${advocateId} and status = 'waitlisted') as waiting
     where wait_number > ${after}
     order by wait_number
     limit ${limit}`);

/** The links that brought these, and the day they joined on the program's calendar. */
export const listWaysOfReferees = (reader: Reader, refereeIds: readonly string[], timeZone: string) =>
  reader.many<{ refereeId: string; linkId: string | null; channel: string | null; day: string }>(sql`
    select referee_id, link_id, channel, to_char(created_at at time zone ${timeZone}, 'YYYY-MM-DD') as day
      from referrals
     where program_id = ${reader.programId} and referee_id = any(${refereeIds})
     order by referee_id`);

/** By its own id, or by that of its referee. */
export const readReferral = (reader: Reader, id: string) =>
  reader.maybe<Referral>(sql`
    select ${COLUMNS} from referrals
     where program_id = ${reader.programId} and ${id.startsWith("par_") ? sql`referee_id = ${id}` : sql`id = ${id}`}`);

export type ReferralFilter = {
  advocateId: string | null;
  statuses: readonly string[] | null;
  channel: string | null;
  /** A part of a name or an address, of the referee or of the advocate; ready for `ilike`. */
  q: string | null;
  from: Date | null;
  to: Date | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listReferrals = (reader: Reader, filter: ReferralFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const { advocateId, statuses, channel, q, from, to } = filter;
  const asked = [
    advocateId === null ? null : sql`advocate_id = ${advocateId}`,
    statuses === null ? null : sql`status = any(${statuses})`,
    channel === null ? null : sql`channel = ${channel}`,
    from === null ? null : sql`created_at >= ${from}::timestamptz`,
    to === null ? null : sql`created_at < ${to}::timestamptz`,
    q === null
      ? null
      : sql`exists (select from participant_identities as identity
                     where identity.program_id = referrals.program_id
                       and identity.participant_id in (referrals.referee_id, referrals.advocate_id)
                       and (identity.name ilike ${q} or identity.email ilike ${q}))`,
  ];
  return reader.many<Referral>(sql`
    select ${COLUMNS} from referrals
     where program_id = ${reader.programId} ${andAll([...asked, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

/** Those of the referees whose referral had only joined until now. */
export const qualifyReferrals = (tx: Tx, conversions: readonly Qualifying[]) =>
  tx.many<Referral>(sql`
    update referrals
       set status = 'qualified', qualified_at = ${tx.now},
           qualified_by = (${conversions.map(({ conversionId }) => conversionId)}::text[])[
             array_position(${conversions.map(({ refereeId }) => refereeId)}::text[], referee_id)]
     where program_id = ${tx.programId} and referee_id = any(${conversions.map(({ refereeId }) => refereeId)})
       and status = 'joined'
    returning ${COLUMNS}`);

/** A conversion that makes the referral of its buyer qualified. */
export type Qualifying = { refereeId: string; conversionId: string };

export const unqualifyReferral = (tx: Tx, refereeId: string, conversionId: string) =>
  tx.maybe<Referral & { was: ReferralStatus }>(sql`
    update referrals set status = 'joined', qualified_at = null, qualified_by = null
      from (select referee_id as sought, status as was
              from referrals
             where program_id = ${tx.programId} and referee_id = ${refereeId} and qualified_by = ${conversionId}
               and status in ('qualified', 'rewarded')
               for update) as before
     where referrals.program_id = ${tx.programId} and referrals.referee_id = before.sought
    returning ${COLUMNS}, before.was`);

/** Those of the referees whose referral had only qualified until now. */
export const rewardReferrals = (tx: Tx, refereeIds: readonly string[]) =>
  tx.many<Referral>(sql`
    update referrals set status = 'rewarded'
     where program_id = ${tx.programId} and referee_id = any(${refereeIds}) and status = 'qualified'
    returning ${COLUMNS}`);

export const addNetworkCounts = (
  tx: Tx,
  counts: readonly { participant_id: string; level: number; added: number }[],
) =>
  tx.run(sql`
    insert into network_counts as counted (program_id, participant_id, level, participants)
    select ${tx.programId}, participant_id, level, added
      from json_to_recordset(${JSON.stringify(counts)}::json) as count (participant_id text, level smallint, added int)
     order by participant_id, level
    on conflict (program_id, participant_id, level) do update
       set participants = counted.participants + excluded.participants`);

export const addLegCounts = (
  tx: Tx,
  counts: readonly { participant_id: string; leg_participant_id: string; added: number }[],
) =>
  tx.run(sql`
    insert into leg_counts as counted (program_id, participant_id, leg_participant_id, participants)
    select ${tx.programId}, participant_id, leg_participant_id, added
      from json_to_recordset(${JSON.stringify(counts)}::json)
        as count (participant_id text, leg_participant_id text, added int)
     order by participant_id, leg_participant_id
    on conflict (program_id, participant_id, leg_participant_id) do update
       set participants = counted.participants + excluded.participants`);

export const listNetworkCounts = (reader: Reader, participantIds: readonly string[]) =>
  reader.many<{ participantId: string; level: number; participants: number }>(sql`
    select participant_id, level, participants
      from network_counts
     where program_id = ${reader.programId} and participant_id = any(${participantIds}) and participants <> 0
     order by participant_id, level`);

/** Those who count, oldest first. */
/** Which of these qualified after a time: then they had not yet. */
export const listQualifiedAfter = (reader: Reader, refereeIds: readonly string[], at: Date) =>
  reader.many<{ refereeId: string }>(sql`
    select referee_id from referrals
     where program_id = ${reader.programId} and referee_id = any(${refereeIds}) and qualified_at > ${at}::timestamptz
     order by referee_id`);

/** How many people stood below each of these at a time, by level. */
export const listCountsBelowAt = (reader: Reader, ids: readonly string[], at: Date) =>
  reader.many<{ rootId: string; level: number; participants: bigint }>(sql`
    with recursive below (root_id, level, id) as (
      select id collate "C", 0, id collate "C" from unnest(${ids}::text[]) as root (id)
      union all
      select below.root_id, below.level + 1, referral.referee_id
        from below
        join referrals as referral on referral.program_id = ${reader.programId} and referral.advocate_id = below.id
       where referral.status in ('joined', 'qualified', 'rewarded') and referral.created_at <= ${at}::timestamptz
         and below.level < ${LEVELS_BELOW_MAX}
    )
    select root_id, level, count(*) as participants
      from below
     where level > 0
     group by root_id, level
     order by root_id, level`);

/** Nobody stands deeper. */
const LEVELS_BELOW_MAX = 256;

export const listReferees = (
  reader: Reader,
  advocateIds: readonly string[],
  limit: number,
  after: string | null,
  at: Date | null,
) =>
  reader.many<Referral>(sql`
    select ${COLUMNS} from referrals
     where program_id = ${reader.programId} and advocate_id = any(${advocateIds}) and status in ('joined', 'qualified', 'rewarded')
       ${andAll([after === null ? null : sql`id > ${after}`, at === null ? null : sql`created_at <= ${at}::timestamptz`])}
     order by id
     limit ${limit}`);

/** Friends who joined between two moments and have not qualified, by the time they joined. */
export const listJoinedBetween = (
  reader: Reader,
  after: { at: Date; id: string },
  until: Date,
  limit: number,
) =>
  reader.many<{ id: string; advocateId: string; refereeId: string; createdAt: Date }>(sql`
    select id, advocate_id, referee_id, created_at
      from referrals
     where program_id = ${reader.programId} and status = 'joined' and advocate_id is not null
       and (date_trunc('milliseconds', created_at), id) > (${after.at}::timestamptz, ${after.id})
       and created_at >= ${after.at}::timestamptz and created_at <= ${until}::timestamptz
     order by created_at, id
     limit ${limit}`);
