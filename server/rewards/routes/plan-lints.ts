import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { acceptFinding } from "../accept-finding.ts";
import * as contract from "../contract/plans.ts";
import { findLint } from "../find-lint.ts";
import { acknowledgedWire, inspectionWire } from "../plan-inspection.ts";
import { readPlan } from "../store/plans.ts";
import type { RewardsDeps } from "./deps.ts";

export const planLintRoutes = ({ db }: RewardsDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/plans/lint",
    operation: "plans.lint_document",
    limit: "read",
    summary: "What there is to say about a text while it is being written",
    tag: "Plans",
    schema: { body: contract.PlanToLint, response: { 200: contract.LintAnswer } },
    handle: async ({ programId, body }) => ({
      status: 200,
      body: inspectionWire(await db.read(programId, (reader) => findLint(reader, body.document, new Date()))),
    }),
  }),
  door({
    method: "POST",
    path: "/v1/plans/:plan/lint",
    operation: "plans.lint",
    limit: "read",
    summary: "What there is to say about a plan before it is published, and what it costs at worst",
    tag: "Plans",
    schema: { params: contract.PlanParams, response: { 200: contract.LintAnswer } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const plan = await readPlan(reader, { id: params.plan });
        if (!plan) throw new Refusal("not_found");
        return inspectionWire(await findLint(reader, plan.document, new Date()));
      }),
    }),
  }),
  door({
    method: "POST",
    path: "/v1/plans/:plan/acknowledgements",
    operation: "plans.acknowledge",
    limit: "write",
    summary: "Acknowledge an advisory finding of a draft; another text needs it anew",
    tag: "Plans",
    schema: {
      params: contract.PlanParams,
      body: contract.NewAcknowledgement,
      response: { 200: contract.AcknowledgementAnswer, 201: contract.AcknowledgementAnswer },
    },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx) => {
        const { acknowledgement, isNew } = await acceptFinding(tx, params.plan, body, actor);
        const { planHash: hash, code } = acknowledgement;
        if (isNew) {
          const changes = { code, hash };
          await recordAudit(tx, [
            { actor, operation: "plans.acknowledge", subjectId: params.plan, requestId, changes },
          ]);
        }
        return { status: isNew ? 201 : 200, body: { code, hash, ...acknowledgedWire(acknowledgement) } };
      }),
  }),
];
