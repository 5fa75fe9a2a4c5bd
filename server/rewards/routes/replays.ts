import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findPersons } from "../../participants/find-persons.ts";
import type { Reader } from "../../platform/database.ts";
import { parseInstant } from "../../primitives/instant.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { cancelReplay } from "../cancel-replay.ts";
import { PlanParams } from "../contract/plans.ts";
import * as contract from "../contract/replays.ts";
import { createReplay } from "../create-replay.ts";
import type { ReplaySource } from "../replay.ts";
import { listReplays, type ReplayRow, readReplay } from "../store/replays.ts";
import type { RewardsDeps } from "./deps.ts";

export const replayRoutes = ({ db }: RewardsDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/plans/:plan/replay",
    operation: "replays.create",
    limit: "write",
    summary: "Ask what a plan would have paid, on the program's history or on a simulated network",
    tag: "Plans",
    schema: { params: PlanParams, body: contract.NewReplay, response: { 202: contract.ReplayAnswer } },
    handle: ({ params, body, actor, requestId, write }) => {
      const source = sourceOf(body.source);
      return write(async (tx) => {
        const replay = await createReplay(tx, params.plan, source);
        const changes = { plan_id: params.plan, hash: replay.planHash, source: source.kind };
        await recordAudit(tx, [
          { actor, operation: "replays.create", subjectId: replay.id, requestId, changes },
        ]);
        return { status: 202, body: replayWire(replay) };
      });
    },
  }),
  door({
    method: "GET",
    path: "/v1/replays",
    operation: "replays.list",
    limit: "read",
    summary: "Replays, newest first",
    tag: "Plans",
    schema: { query: contract.ReplaysQuery, response: { 200: contract.ReplayList } },
    handle: async ({ programId, query }) => {
      const filter = { ...pageWindow(query, "rpl"), planId: query.plan_id ?? null };
      const rows = await db.read(programId, (reader) => listReplays(reader, filter));
      return { status: 200, body: pageOf(rows, query, (row) => row.id, replayWire) };
    },
  }),
  door({
    method: "GET",
    path: "/v1/replays/:replay",
    operation: "replays.read",
    limit: "read",
    summary: "How far a replay has come, and what came out",
    tag: "Plans",
    schema: { params: contract.ReplayParams, response: { 200: contract.ReplayAnswer } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const replay = await readReplay(reader, params.replay);
        if (!replay) throw new Refusal("not_found");
        return withNames(reader, replayWire(replay));
      }),
    }),
  }),
  door({
    method: "POST",
    path: "/v1/replays/:replay/cancel",
    operation: "replays.cancel",
    limit: "write",
    summary: "End a replay that waits or runs",
    tag: "Plans",
    schema: { params: contract.ReplayParams, response: { 200: contract.ReplayAnswer } },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        const replay = await cancelReplay(tx, params.replay);
        await recordAudit(tx, [{ actor, operation: "replays.cancel", subjectId: replay.id, requestId }]);
        return { status: 200, body: replayWire(replay) };
      }),
  }),
];

function sourceOf(source: contract.NewReplay["source"]): ReplaySource {
  if (source.kind === "simulation") return source;
  const times = (["from", "to"] as const).flatMap((name) => {
    const text = source[name];
    if (text === undefined) return [];
    const at = parseInstant(text);
    if (at) return [[name, at.toISOString()] as const];
    const message = "There is no such time.";
    const errors = [{ pointer: `/source/${name}`, code: "invalid_time", message }];
    throw new Refusal("invalid_request", { errors });
  });
  return { kind: "history", ...Object.fromEntries(times) };
}

function replayWire(replay: ReplayRow): contract.ReplayAnswer {
  return {
    id: replay.id,
    plan_id: replay.planId,
    plan_hash: replay.planHash,
    source: replay.source,
    state: replay.state,
    progress: { done: replay.done, total: replay.total },
    reason: replay.reason,
    result: replay.result,
    created_at: replay.createdAt.toISOString(),
    ended_at: replay.endedAt?.toISOString() ?? null,
  };
}

/** A result is kept without names, so that erasing somebody need not look for them here. */
async function withNames(reader: Reader, answer: contract.ReplayAnswer): Promise<contract.ReplayAnswer> {
  if (answer.result === null || answer.source.kind === "simulation") return answer;
  const { winners, losers } = answer.result;
  const persons = await findPersons(
    reader,
    [...winners, ...losers].map((one) => one.participant_id),
  );
  const named = (rows: typeof winners) =>
    rows.map((row) => ({ ...row, name: persons.get(row.participant_id)?.name ?? null }));
  return { ...answer, result: { ...answer.result, winners: named(winners), losers: named(losers) } };
}
