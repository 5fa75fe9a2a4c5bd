import { sql } from "kysely";
import type { ParticipantId } from "../../participants/participant.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { Reassignment } from "../reassignment.ts";
import type { Referral } from "../referral.ts";

const COLUMNS = sql`id, referral_id, referee_id, former_advocate_id, advocate_id, inviter_id, claim_id, proposal_id, reason,
       decided_by, decided_at, money`;

export const insertReassignment = (tx: Tx, made: Omit<Reassignment, "decidedAt">) =>
  tx.run(sql`
    insert into reassignments (program_id, id, referral_id, referee_id, former_advocate_id, advocate_id, inviter_id,
                               claim_id, proposal_id, reason, decided_by, decided_at, money)
    values (${tx.programId}, ${made.id}, ${made.referralId}, ${made.refereeId}, ${made.formerAdvocateId},
            ${made.advocateId}, ${made.inviterId}, ${made.claimId}, ${made.proposalId}, ${made.reason},
            ${made.decidedBy}, ${tx.now}, ${JSON.stringify(made.money)}::jsonb)`);

/** Of one referee, the first decision first. */
export const listReassignments = (reader: Reader, refereeId: string, limit: number) =>
  reader.many<Reassignment>(sql`
    select ${COLUMNS} from reassignments
     where program_id = ${reader.programId} and referee_id = ${refereeId}
     order by id
     limit ${limit}`);

/** Everybody below, the nearest level first. */
export const listBelow = (reader: Reader, id: string, limit: number) =>
  reader.many<{ id: ParticipantId; level: number }>(sql`
    with recursive below (id, level) as (
      select ${id}::text collate "C", 0
      union all
      select referral.referee_id, below.level + 1
        from below
        join referrals as referral on referral.program_id = ${reader.programId} and referral.advocate_id = below.id
       where referral.status in ('joined', 'qualified', 'rewarded')
    )
    select id, level from below where level > 0 order by level, id limit ${limit}`);

/** Somebody whom nobody had brought: as if it had been known when they joined. */
export const insertLateReferral = (
  tx: Tx,
  late: Pick<Referral, "id" | "refereeId" | "advocateId" | "inviterId">,
) =>
  tx.one<{ createdAt: Date }>(sql`
    insert into referrals (program_id, id, referee_id, advocate_id, inviter_id, status, created_at)
    select ${tx.programId}, ${late.id}, id, ${late.advocateId}, ${late.inviterId}, 'joined', created_at
      from participants
     where program_id = ${tx.programId} and id = ${late.refereeId}
    returning created_at`);

/** Only with a decision stored in the same transaction; the referral begins anew under the other advocate. */
export const moveReferral = (tx: Tx, refereeId: string, advocateId: string, inviterId: string | null) =>
  tx.run(sql`
    update reassigned_referrals
       set advocate_id = ${advocateId}, inviter_id = ${inviterId}, status = 'joined', reasons = '{}', wait_number = null,
           qualified_at = null, qualified_by = null
     where program_id = ${tx.programId} and referee_id = ${refereeId}`);
