import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import type { ReplayResult } from "../contract/replays.ts";
import type { ReplayId, ReplaySource, ReplayState } from "../replay.ts";

export type ReplayRow = {
  id: ReplayId;
  planId: string;
  planHash: string;
  document: unknown;
  source: ReplaySource;
  state: ReplayState;
  done: number;
  total: number | null;
  attempts: number;
  result: ReplayResult | null;
  reason: string | null;
  createdAt: Date;
  endedAt: Date | null;
};

const COLUMNS = sql`id, plan_id, plan_hash, document, source, state, done, total, attempts, result, reason, created_at,
       ended_at`;

type NewReplay = Pick<ReplayRow, "id" | "planId" | "planHash" | "document" | "source">;

export const insertReplay = (tx: Tx, replay: NewReplay) =>
  tx.one<ReplayRow>(sql`
    insert into replays (program_id, id, plan_id, plan_hash, document, source, state, created_at)
    values (${tx.programId}, ${replay.id}, ${replay.planId}, ${replay.planHash},
            ${JSON.stringify(replay.document)}::jsonb, ${JSON.stringify(replay.source)}::jsonb, 'queued', ${tx.now})
    returning ${COLUMNS}`);

export const countOpenReplays = async (reader: Reader) =>
  (
    await reader.one<{ open: number }>(sql`
      select count(*)::int as open from replays
       where program_id = ${reader.programId} and state in ('queued', 'running')`)
  ).open;

export const readReplay = (reader: Reader, id: string) =>
  reader.maybe<ReplayRow>(
    sql`select ${COLUMNS} from replays where program_id = ${reader.programId} and id = ${id}`,
  );

type ReplayFilter = { planId: string | null; after: string | null; before: string | null; limit: number };

/** Newest first. */
export const listReplays = (reader: Reader, filter: ReplayFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const ofPlan = filter.planId === null ? null : sql`plan_id = ${filter.planId}`;
  return reader.many<ReplayRow>(sql`
    select ${COLUMNS} from replays
     where program_id = ${reader.programId} ${andAll([ofPlan, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

/** The next one that waits, or whose worker has been silent for too long. */
export const takeReplay = (tx: Tx, silenceSeconds: number) =>
  tx.maybe<ReplayRow>(sql`
    update replays set state = 'running', attempts = attempts + 1, done = 0, seen_at = now()
     where program_id = ${tx.programId}
       and id = (select id from replays
                  where program_id = ${tx.programId}
                    and (state = 'queued'
                         or (state = 'running' and seen_at < now() - make_interval(secs => ${silenceSeconds})))
                  order by id
                  limit 1 for update skip locked)
    returning ${COLUMNS}`);

type Hold = Pick<ReplayRow, "id" | "attempts">;

/** Answers 0 when it was cancelled, or taken up by somebody else. */
export const updateProgress = (tx: Tx, { id, attempts }: Hold, done: number, total: number | null) =>
  tx.run(sql`
    update replays set done = ${done}::int, total = ${total}::int, seen_at = now()
     where program_id = ${tx.programId} and id = ${id} and state = 'running' and attempts = ${attempts}::int`);

export const markCompleted = (tx: Tx, { id, attempts }: Hold, result: ReplayResult) =>
  tx.maybe<ReplayRow>(sql`
    update replays set state = 'completed', result = ${JSON.stringify(result)}::jsonb, ended_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and state = 'running' and attempts = ${attempts}::int
    returning ${COLUMNS}`);

export const markFailed = (tx: Tx, { id, attempts }: Hold, reason: string) =>
  tx.maybe<ReplayRow>(sql`
    update replays set state = 'failed', reason = ${reason}, ended_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and state = 'running' and attempts = ${attempts}::int
    returning ${COLUMNS}`);

export const markCancelled = (tx: Tx, id: string) =>
  tx.maybe<ReplayRow>(sql`
    update replays set state = 'cancelled', ended_at = ${tx.now}
     where program_id = ${tx.programId} and id = ${id} and state in ('queued', 'running')
    returning ${COLUMNS}`);
