import { Check } from "typebox/value";
import { type AnyDoor, type Call, door, fingerprintOf } from "../../access/door.ts";
import { mayReadParticipant } from "../../access/permission.ts";
import { findConversion } from "../../conversions/find-conversion.ts";
import { findConversions } from "../../conversions/find-conversions.ts";
import { problemOf } from "../../platform/http.ts";
import { fieldProblems } from "../../primitives/field-problems.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract.ts";
import { findConversionAnswers } from "../find-conversion-answers.ts";
import { findTrace } from "../find-trace.ts";
import { reportOf } from "../report.ts";
import type { RewardsDeps } from "./deps.ts";

export const conversionRoutes = (deps: RewardsDeps): AnyDoor[] => [
  createDoor(deps),
  bulkDoor(deps),
  listDoor(deps),
  readDoor(deps),
  traceDoor(deps),
];

const createDoor = ({ intake }: RewardsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/conversions",
    operation: "conversions.create",
    limit: "money",
    summary: "Record a conversion and settle it at once",
    tag: "Conversions",
    schema: {
      body: contract.NewConversion,
      response: {
        200: contract.ConversionAnswer,
        201: contract.ConversionAnswer,
        202: contract.ConversionAnswer,
      },
    },
    handle: async (call) => {
      const { actor, requestId, idempotency } = call;
      const report = reportOf(call.body, fingerprintOf);
      const answer = await intake.submit(call.programId, { report, actor, requestId, idempotency });
      if (answer instanceof Refusal) throw answer;
      const headers: Record<string, string> = answer.isReplay ? { "idempotent-replayed": "true" } : {};
      return { status: answer.status, body: answer.body, headers };
    },
  });

const bulkDoor = ({ intake, problems }: RewardsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/conversions/bulk",
    operation: "conversions.bulk",
    limit: "money",
    summary: "Record and settle up to 1 000 conversions, a result per row",
    tag: "Conversions",
    schema: { body: contract.NewConversions, response: { 200: contract.BulkAnswer } },
    handle: async (call) => {
      const { programId, actor, requestId } = call;
      const settleRow = async (row: unknown): Promise<Omit<BulkRow, "index">> => {
        try {
          const report = reportOf(rowOf(row), fingerprintOf);
          const answer = await intake.submit(programId, { report, actor, requestId, idempotency: null });
          if (answer instanceof Refusal) throw answer;
          return { status: answer.status, conversion: answer.body };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const problem = problemOf(error, requestId, problems);
          return { status: problem.status, problem };
        }
      };
      const rows = await Promise.all(call.body.conversions.map(settleRow));
      return { status: 200, body: { data: rows.map((row, index) => ({ index, ...row })) } };
    },
  });

type BulkRow = { index: number; status: number; conversion?: unknown; problem?: unknown };

function rowOf(row: unknown): contract.NewConversion {
  if (Check(contract.NewConversion, row)) return row;
  throw new Refusal("invalid_request", { errors: fieldProblems(contract.NewConversion, row) });
}

const listDoor = ({ db, plans }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/conversions",
    operation: "conversions.list",
    limit: "read",
    summary: "Conversions, newest first",
    tag: "Conversions",
    schema: { query: contract.ConversionsQuery, response: { 200: contract.ConversionList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const filter = { ...pageWindow(query, "cnv"), participantId: query.participant_id ?? null };
        const rows = await findConversions(reader, filter);
        const answers = await findConversionAnswers(reader, rows, plans);
        return pageOf(
          answers,
          query,
          (row) => row.id,
          (row) => row,
        );
      }),
    }),
  });

const readDoor = ({ db, plans }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/conversions/:conversion",
    operation: "conversions.read",
    limit: "read",
    summary: "One conversion with its rewards and passes",
    tag: "Conversions",
    schema: { params: contract.ConversionParams, response: { 200: contract.ConversionAnswer } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const [answer] = await findConversionAnswers(
          reader,
          [await findConversion(reader, params.conversion)],
          plans,
        );
        return answer;
      }),
    }),
  });

const traceDoor = ({ db, plans }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/conversions/:conversion/trace",
    operation: "conversions.trace",
    limit: "read",
    summary: "Every rule for every upline: who earned and how, who did not and why",
    tag: "Conversions",
    schema: { params: contract.ConversionParams, response: { 200: contract.TraceAnswer } },
    handle: async (call) => ({
      status: 200,
      body: await db.read(call.programId, async (reader) =>
        narrowed(call, await findTrace(reader, call.params.conversion, plans)),
      ),
    }),
  });

/** A participant sees their own line of a conversion they earned on, and what it was computed from. */
function narrowed(call: Pick<Call<object>, "actor">, trace: contract.TraceAnswer): contract.TraceAnswer {
  const mine = (id: string | null): boolean => id !== null && mayReadParticipant(call.actor, id);
  if (call.actor.kind !== "participant") return trace;
  const lines = trace.lines.filter((line) => mine(line.participant_id));
  if (lines.length === 0) throw new Refusal("not_found");
  const { conversion, facts } = trace;
  return {
    ...trace,
    conversion: {
      ...conversion,
      external_id: "",
      product: null,
      rewards: conversion.rewards.filter((reward) => mine(reward.participant_id)),
      passes: conversion.passes.filter((pass) => mine(pass.participant_id)),
    },
    facts: { ...facts, upline: facts.upline.filter((member) => mine(member.participant_id)) },
    lines,
    refunds: trace.refunds.map((refund) => ({
      ...refund,
      external_id: "",
      waits_for: null,
      reversals: refund.reversals.filter((part) => mine(part.participant_id)),
      restorations: refund.restorations.filter((part) => mine(part.participant_id)),
    })),
  };
}
