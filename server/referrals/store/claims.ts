import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { Claim } from "../claim.ts";

const COLUMNS = sql`id, participant_id, code, advocate_id, to_char(invited_on, 'YYYY-MM-DD') as invited_on, note, state,
       created_at, expires_at, decided_by, decided_at, decision_reason`;

export type NewClaim = Pick<
  Claim,
  "id" | "participantId" | "code" | "advocateId" | "invitedOn" | "note" | "expiresAt"
>;

/** One at a time of each person; null where there is one already. */
export const insertClaim = (tx: Tx, made: NewClaim) =>
  tx.maybe<Claim>(sql`
    insert into claims (program_id, id, participant_id, code, advocate_id, invited_on, note, state, created_at, expires_at)
    values (${tx.programId}, ${made.id}, ${made.participantId}, ${made.code}, ${made.advocateId},
            ${made.invitedOn}::date, ${made.note}, 'open', ${tx.now}, ${made.expiresAt})
    on conflict do nothing
    returning ${COLUMNS}`);

export const lockClaim = (tx: Tx, id: string) =>
  tx.maybe<Claim>(sql`
    select ${COLUMNS} from claims where program_id = ${tx.programId} and id = ${id} for update`);

export const updateClaim = (
  tx: Tx,
  id: string,
  decision: {
    state: Claim["state"];
    advocateId: string | null;
    decidedBy: string | null;
    reason: string | null;
  },
) =>
  tx.one<Claim>(sql`
    update claims
       set state = ${decision.state}, advocate_id = coalesce(${decision.advocateId}, advocate_id),
           decided_by = ${decision.decidedBy}, decided_at = ${tx.now}, decision_reason = ${decision.reason}
     where program_id = ${tx.programId} and id = ${id}
    returning ${COLUMNS}`);

/** Those that nobody has decided in time. */
export const expireClaims = (tx: Tx, limit: number) =>
  tx.many<Claim>(sql`
    update claims set state = 'expired', decided_at = ${tx.now}
     where program_id = ${tx.programId}
       and id in (select id from claims
                   where program_id = ${tx.programId} and state = 'open' and expires_at <= ${tx.now}
                   order by id limit ${limit} for update skip locked)
    returning ${COLUMNS}`);

export type ClaimFilter = {
  id: string | null;
  participantId: string | null;
  states: readonly string[] | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listClaims = (reader: Reader, filter: ClaimFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const { id, participantId, states } = filter;
  const asked = [
    id === null ? null : sql`id = ${id}`,
    participantId === null ? null : sql`participant_id = ${participantId}`,
    states === null ? null : sql`state = any(${states})`,
  ];
  return reader.many<Claim>(sql`
    select ${COLUMNS} from claims
     where program_id = ${reader.programId} ${andAll([...asked, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const countOpenClaims = async (reader: Reader) =>
  (
    await reader.one<{ open: number }>(sql`
      select count(*)::int as open from claims where program_id = ${reader.programId} and state = 'open'`)
  ).open;
