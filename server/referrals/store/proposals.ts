import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { Proposal } from "../proposal.ts";

const COLUMNS = sql`id, referee_id, advocate_id, claim_id, reason, state, money, proposed_by, proposed_at, decided_by,
       decided_at, decision_reason`;

export type NewProposal = Pick<
  Proposal,
  "id" | "refereeId" | "advocateId" | "claimId" | "reason" | "money" | "proposedBy"
>;

/** One at a time of each referee; null where there is one already. */
export const insertProposal = (tx: Tx, made: NewProposal) =>
  tx.maybe<Proposal>(sql`
    insert into reassignment_proposals (program_id, id, referee_id, advocate_id, claim_id, reason, state, money,
                                        proposed_by, proposed_at)
    values (${tx.programId}, ${made.id}, ${made.refereeId}, ${made.advocateId}, ${made.claimId}, ${made.reason},
            'proposed', ${JSON.stringify(made.money)}::jsonb, ${made.proposedBy}, ${tx.now})
    on conflict do nothing
    returning ${COLUMNS}`);

export const lockProposal = (tx: Tx, id: string) =>
  tx.maybe<Proposal>(sql`
    select ${COLUMNS} from reassignment_proposals
     where program_id = ${tx.programId} and id = ${id}
       for update`);

export const updateProposal = (
  tx: Tx,
  id: string,
  decision: { state: Proposal["state"]; decidedBy: string | null; reason: string | null },
) =>
  tx.one<Proposal>(sql`
    update reassignment_proposals
       set state = ${decision.state}, decided_by = ${decision.decidedBy}, decided_at = ${tx.now},
           decision_reason = ${decision.reason}
     where program_id = ${tx.programId} and id = ${id}
    returning ${COLUMNS}`);

export type ProposalFilter = {
  states: readonly string[] | null;
  refereeId: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listProposals = (reader: Reader, filter: ProposalFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const asked = [
    filter.states === null ? null : sql`state = any(${filter.states})`,
    filter.refereeId === null ? null : sql`referee_id = ${filter.refereeId}`,
  ];
  return reader.many<Proposal>(sql`
    select ${COLUMNS} from reassignment_proposals
     where program_id = ${reader.programId} ${andAll([...asked, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};
