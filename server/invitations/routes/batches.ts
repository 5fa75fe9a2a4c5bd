import type { Answer, AnyDoor, Call } from "../../access/door.ts";
import { door } from "../../access/door.ts";
import { mayReadParticipant, type Operation, ownParticipant } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { languageOf } from "../../messages/language.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import type { Batch } from "../batch.ts";
import { rowWire } from "../batch-presentation.ts";
import * as contract from "../contract/batches.ts";
import { PreviewAnswer } from "../contract.ts";
import { createBatch } from "../create-batch.ts";
import { findBatchAnswers } from "../find-batch-answers.ts";
import { findBatchResult } from "../find-batch-result.ts";
import { findInviter } from "../find-inviter.ts";
import { findPreview } from "../find-preview.ts";
import { holdBatch } from "../hold-batch.ts";
import { daysAfter } from "../limits.ts";
import { sendBatch } from "../send-batch.ts";
import { setBatch } from "../set-batch.ts";
import { setBatchState } from "../set-batch-state.ts";
import { listBatches, listBatchRows, readBatch } from "../store/batches.ts";
import { type InvitationsDeps, postingOf } from "./deps.ts";

const BODY_BYTES_MAX = 8 * 1024 * 1024;
const ROWS_DEFAULT = 50;
type BatchCall = Pick<
  Call<{ params: typeof contract.BatchParams }>,
  "actor" | "params" | "programId" | "requestId" | "write"
>;

export const batchDoors = (deps: InvitationsDeps): AnyDoor[] => [
  createDoor(deps),
  ...readDoors(deps),
  ...changeDoors(deps),
];

const createDoor = (deps: InvitationsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/invitation_batches",
    operation: "invitation_batches.create",
    limit: "write",
    bodyBytesMax: BODY_BYTES_MAX,
    summary: "Take in a list of people and look it over; nothing is mailed",
    tag: "Invitation batches",
    schema: { body: contract.NewBatch, response: { 201: contract.BatchAnswer } },
    handle: async ({ body, actor, programId, requestId, write }) => {
      const { text = "", content_base64: base64, message = "", name = "Pasted list" } = body;
      const bytes = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, "base64");
      const done = await write(async (tx) => {
        const inviter = await findInviter(tx, actor, body.participant);
        const language = languageOf(body.language ?? null);
        const isLimited = ownParticipant(actor) !== null;
        const id = await createBatch(tx, { inviter, bytes, name, message, language, isLimited }, deps.key);
        await recordAudit(tx, [{ actor, operation: "invitation_batches.create", subjectId: id, requestId }]);
        return { status: 201, body: { id } };
      });
      return answered(deps, programId, done);
    },
  });

const readDoors = (deps: InvitationsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/invitation_batches",
    operation: "invitation_batches.list",
    limit: "read",
    summary: "Lists of people, newest first",
    tag: "Invitation batches",
    schema: { query: contract.BatchesQuery, response: { 200: contract.BatchList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await deps.db.read(programId, async (reader) => {
        const named = query.participant ?? ownParticipant(actor);
        const inviterId = named === null ? null : (await findParticipant(reader, actor, named)).id;
        const rows = await listBatches(reader, { ...pageWindow(query, "ivb"), inviterId });
        return pageOf(
          await findBatchAnswers(reader, rows),
          query,
          ({ id }) => id,
          (one) => one,
        );
      }),
    }),
  }),
  door({
    method: "GET",
    path: "/v1/invitation_batches/:batch",
    operation: "invitation_batches.read",
    limit: "read",
    summary: "One list with how its rows stand",
    tag: "Invitation batches",
    schema: { params: contract.BatchParams, response: { 200: contract.BatchAnswer } },
    handle: ({ actor, programId, params }) =>
      deps.db.read(programId, async (reader) => {
        const [body] = await findBatchAnswers(reader, [await readOwn(reader, actor, params.batch)]);
        return { status: 200, body };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/invitation_batches/:batch/rows",
    operation: "invitation_batches.rows",
    limit: "read",
    summary: "Rows of a list, with what stands against each",
    tag: "Invitation batches",
    schema: {
      params: contract.BatchParams,
      query: contract.RowsQuery,
      response: { 200: contract.RowsAnswer },
    },
    handle: ({ actor, programId, params, query }) =>
      deps.db.read(programId, async (reader) => {
        const { id: batchId } = await readOwn(reader, actor, params.batch);
        const { limit = ROWS_DEFAULT, after = 0, problem = null } = query;
        const rows = await listBatchRows(reader, { batchId, problem, after, limit: limit + 1 });
        const shown = rows.slice(0, limit);
        const next = rows.length > limit ? (shown.at(-1)?.number ?? null) : null;
        return { status: 200, body: { data: shown.map(rowWire), next_after: next } };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/invitation_batches/:batch/preview",
    operation: "invitation_batches.preview",
    limit: "read",
    summary: "The mail of one row as the friend would see it",
    tag: "Invitation batches",
    schema: {
      params: contract.BatchParams,
      query: contract.RowPreviewQuery,
      response: { 200: PreviewAnswer },
    },
    handle: ({ actor, programId, params, query }) =>
      deps.db.read(programId, async (reader) => {
        const batch = await readOwn(reader, actor, params.batch);
        const [row] = await listBatchRows(reader, {
          batchId: batch.id,
          problem: null,
          after: query.row - 1,
          limit: 1,
        });
        if (row?.number !== query.row) throw new Refusal("not_found");
        const inviter = await findParticipant(reader, actor, batch.inviterId);
        const expiresAt = daysAfter(new Date(), batch.expiresDays);
        const draft = { ...row, id: "preview", tokenNumber: 0, expiresAt };
        const { subject, html, text } = await findPreview(reader, inviter, draft, postingOf(deps));
        return { status: 200, body: { subject, html, text, problem: null } };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/invitation_batches/:batch/result",
    operation: "invitation_batches.result",
    limit: "read",
    summary: "What became of every row (CSV)",
    tag: "Invitation batches",
    produces: "text/csv",
    schema: { params: contract.BatchParams },
    handle: ({ actor, programId, params }) =>
      deps.db.read(programId, async (reader) => {
        const { id } = await readOwn(reader, actor, params.batch);
        return {
          status: 200,
          body: await findBatchResult(reader, id),
          headers: {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": `attachment; filename="${id}.csv"`,
          },
        };
      }),
  }),
];

async function readOwn(reader: Reader, actor: BatchCall["actor"], id: string): Promise<Batch> {
  const batch = await readBatch(reader, id);
  if (!batch || !mayReadParticipant(actor, batch.inviterId)) throw new Refusal("not_found");
  return batch;
}

const changeDoors = (deps: InvitationsDeps): AnyDoor[] => [
  door({
    method: "PATCH",
    path: "/v1/invitation_batches/:batch",
    operation: "invitation_batches.update",
    limit: "write",
    summary: "Change what the columns mean, the message, the time or the pace",
    tag: "Invitation batches",
    schema: {
      params: contract.BatchParams,
      body: contract.BatchPatch,
      response: { 200: contract.BatchAnswer },
    },
    handle: (call) => {
      const { scheduled_at, expires_days, per_minute, language, ...rest } = call.body;
      const change = {
        ...rest,
        ...(language === undefined ? {} : { language: languageOf(language) }),
        ...(scheduled_at === undefined
          ? {}
          : { scheduledAt: scheduled_at === null ? null : new Date(scheduled_at) }),
        ...(expires_days === undefined ? {} : { expiresDays: expires_days }),
        ...(per_minute === undefined ? {} : { perMinute: per_minute }),
      };
      return changed(deps, call, "invitation_batches.update", (tx, batch) =>
        setBatch(tx, batch, change, [], deps.key),
      );
    },
  }),
  door({
    method: "PATCH",
    path: "/v1/invitation_batches/:batch/rows",
    operation: "invitation_batches.update_rows",
    limit: "write",
    summary: "Correct rows, or leave them out",
    tag: "Invitation batches",
    schema: {
      params: contract.BatchParams,
      body: contract.RowsPatch,
      response: { 200: contract.BatchAnswer },
    },
    handle: (call) =>
      changed(deps, call, "invitation_batches.update_rows", (tx, batch) =>
        setBatch(tx, batch, {}, call.body.rows, deps.key),
      ),
  }),
  door({
    method: "POST",
    path: "/v1/invitation_batches/:batch/send",
    operation: "invitation_batches.send",
    limit: "write",
    summary: "Send to everybody who is ready; their number has to be said",
    tag: "Invitation batches",
    schema: {
      params: contract.BatchParams,
      body: contract.BatchSend,
      response: { 200: contract.BatchAnswer },
    },
    handle: (call) =>
      changed(deps, call, "invitation_batches.send", (tx, batch) =>
        sendBatch(tx, batch, call.body.count, deps.key),
      ),
  }),
  ...(["pause", "resume", "cancel"] as const).map((step) =>
    door({
      method: "POST",
      path: `/v1/invitation_batches/:batch/${step}`,
      operation: `invitation_batches.${step}`,
      limit: "write",
      summary: SUMMARIES[step],
      tag: "Invitation batches",
      schema: { params: contract.BatchParams, response: { 200: contract.BatchAnswer } },
      handle: (call) =>
        changed(deps, call, `invitation_batches.${step}`, (tx, batch) => setBatchState(tx, batch, step)),
    }),
  ),
];

const SUMMARIES = {
  pause: "Stop sending for now",
  resume: "Go on sending",
  cancel: "End it, and take back what has not left",
};

async function changed(
  deps: InvitationsDeps,
  { actor, params, programId, requestId, write }: BatchCall,
  operation: Operation,
  change: (tx: Tx, batch: Batch) => Promise<void>,
): Promise<Answer> {
  const done = await write(async (tx) => {
    const batch = await holdBatch(tx, actor, params.batch);
    await change(tx, batch);
    await recordAudit(tx, [{ actor, operation, subjectId: batch.id, requestId }]);
    return { status: 200, body: { id: batch.id } };
  });
  deps.announce(programId);
  return answered(deps, programId, done);
}

/** What is stored of an answer is an id; the rest is read, so that no stored answer holds an address. */
async function answered({ db }: InvitationsDeps, programId: string, done: Answer): Promise<Answer> {
  const { id } = done.body as { id: string };
  const body = await db.read(programId, async (reader) => {
    const batch = await readBatch(reader, id);
    return batch && (await findBatchAnswers(reader, [batch]))[0];
  });
  return { ...done, body };
}
