import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";

export type PlanRow = {
  id: string;
  state: "draft" | "published" | "withdrawn";
  version: number | null;
  /** The version a draft was begun from. */
  baseVersion: number | null;
  document: unknown;
  hash: string;
  inForceFrom: Date | null;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

const COLUMNS = sql`id, state, version, base_version, document, hash, in_force_from, published_at, withdrawn_at,
       created_at, updated_at`;

type NewPlan = { id: string; document: object; hash: string; baseVersion: number | null };

export const insertPlan = (tx: Tx, plan: NewPlan) =>
  tx.one<PlanRow>(sql`
    insert into plans (program_id, id, state, base_version, document, hash, created_at, updated_at)
    values (${tx.programId}, ${plan.id}, 'draft', ${plan.baseVersion}::int, ${JSON.stringify(plan.document)}::jsonb,
            ${plan.hash}, ${tx.now}, ${tx.now})
    returning ${COLUMNS}`);

export const updateDraft = (tx: Tx, id: string, plan: Pick<NewPlan, "document" | "hash">) =>
  tx.one<PlanRow>(sql`
    update plans set document = ${JSON.stringify(plan.document)}::jsonb, hash = ${plan.hash}, updated_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and state = 'draft'
    returning ${COLUMNS}`);

export const deleteDraft = (tx: Tx, id: string) =>
  tx.run(sql`delete from plans where program_id = ${tx.programId} and id = ${id} and state = 'draft'`);

/** What may not change any more cannot be locked, and need not be. */
export const lockPlan = async (tx: Tx, id: string) =>
  (await tx.maybe<PlanRow>(
    sql`select ${COLUMNS} from plans where program_id = ${tx.programId} and id = ${id} for update`,
  )) ?? readPlan(tx, { id });

export const readPlan = (reader: Reader, key: { id: string } | { version: number }) =>
  reader.maybe<PlanRow>(sql`
    select ${COLUMNS} from plans
     where program_id = ${reader.programId}
       and ${"id" in key ? sql`id = ${key.id}` : sql`version = ${key.version}::int`}`);

export const listPlans = (reader: Reader, limit: number) =>
  reader.many<PlanRow>(sql`
    select ${COLUMNS} from plans where program_id = ${reader.programId}
     order by id desc limit ${limit}`);

/** Without those that were withdrawn before their day. */
export const listPublishedPlans = (reader: Reader) =>
  reader.many<PlanRow>(sql`
    select ${COLUMNS} from plans
     where program_id = ${reader.programId} and state = 'published'
     order by in_force_from desc, version desc`);

/** The highest number that was ever given, also to one that was withdrawn. */
export const readLastVersion = async (reader: Reader) =>
  (
    await reader.one<{ version: number }>(sql`
      select coalesce(max(version), 0) as version from plans where program_id = ${reader.programId}`)
  ).version;

export const publishPlan = (tx: Tx, id: string, version: number, inForceFrom: Date) =>
  tx.one<PlanRow>(sql`
    update plans set state = 'published', version = ${version}::int, in_force_from = ${inForceFrom}, published_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and state = 'draft'
    returning ${COLUMNS}`);

/** Null when its day has come: the database's clock and rights decide. */
export const withdrawPlan = (tx: Tx, id: string) =>
  tx.maybe<PlanRow>(sql`
    update plans set state = 'withdrawn', withdrawn_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and state = 'published'
       and in_force_from > now() + interval '10 minutes'
    returning ${COLUMNS}`);

export type AcknowledgementRow = {
  planHash: string;
  code: string;
  reason: string;
  actorKind: string;
  actorId: string | null;
  createdAt: Date;
};

const ACKNOWLEDGEMENT = sql`plan_hash, code, reason, actor_kind, actor_id, created_at`;

export const insertAcknowledgement = (tx: Tx, row: Omit<AcknowledgementRow, "createdAt">) =>
  tx.one<AcknowledgementRow>(sql`
    insert into plan_acknowledgements (program_id, plan_hash, code, reason, actor_kind, actor_id, created_at)
    values (${tx.programId}, ${row.planHash}, ${row.code}, ${row.reason}, ${row.actorKind}, ${row.actorId}, ${tx.now})
    returning ${ACKNOWLEDGEMENT}`);

export const listAcknowledgements = (reader: Reader, planHash: string) =>
  reader.many<AcknowledgementRow>(sql`
    select ${ACKNOWLEDGEMENT} from plan_acknowledgements
     where program_id = ${reader.programId} and plan_hash = ${planHash}
     order by code`);
