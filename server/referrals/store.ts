import { sql } from "kysely";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import type { Referral } from "./referral.ts";

const COLUMNS = sql`id, referee_id, advocate_id, channel, status, reasons, created_at`;

export const lockSignups = (tx: Tx) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-ups ${tx.programId}`}, 0))`);

export type NewReferral = {
  id: string;
  referee_id: string;
  advocate_id: string | null;
  channel: string | null;
  status: string;
  reasons: readonly string[];
  evidence: object;
};

export const insertReferrals = (tx: Tx, referrals: readonly NewReferral[]) =>
  tx.run(sql`
    insert into referrals (program_id, id, referee_id, advocate_id, channel, status, reasons, evidence, created_at)
    select ${tx.programId}, id, referee_id, advocate_id, channel, status, reasons, evidence, ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(referrals)}::json)
        as referral (id text, referee_id text, advocate_id text, channel text, status text, reasons text[], evidence jsonb)`);

export const insertReferredPeople = (tx: Tx, people: readonly { email_hash: string; referee_id: string }[]) =>
  tx.run(sql`
    insert into referred_people (program_id, email_hash, referee_id)
    select ${tx.programId}, email_hash, referee_id
      from json_to_recordset(${JSON.stringify(people)}::json) as person (email_hash text, referee_id text)`);

export const listReferredPeople = (reader: Reader, emailHashes: readonly string[]) =>
  reader.many<{ emailHash: string }>(sql`
    select email_hash from referred_people
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

export type ReferralFilter = {
  advocateId: string | null;
  statuses: readonly string[] | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listReferrals = (reader: Reader, filter: ReferralFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const ofOne = filter.advocateId === null ? null : sql`advocate_id = ${filter.advocateId}`;
  const inStatus = filter.statuses === null ? null : sql`status = any(${filter.statuses})`;
  return reader.many<Referral>(sql`
    select ${COLUMNS} from referrals
     where program_id = ${reader.programId} ${andAll([ofOne, inStatus, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

/** Those of the referees whose referral had only joined until now. */
export const qualifyReferrals = (tx: Tx, refereeIds: readonly string[]) =>
  tx.many<Referral>(sql`
    update referrals set status = 'qualified', qualified_at = ${tx.now}
     where program_id = ${tx.programId} and referee_id = any(${refereeIds}) and status = 'joined'
    returning ${COLUMNS}`);

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
     where program_id = ${reader.programId} and participant_id = any(${participantIds})
     order by participant_id, level`);

/** Those who count, oldest first. */
export const listReferees = (
  reader: Reader,
  advocateIds: readonly string[],
  limit: number,
  after: string | null,
) =>
  reader.many<Referral>(sql`
    select ${COLUMNS} from referrals
     where program_id = ${reader.programId} and advocate_id = any(${advocateIds}) and status <> 'not_eligible'
       ${andAll([after === null ? null : sql`id > ${after}`])}
     order by id
     limit ${limit}`);
