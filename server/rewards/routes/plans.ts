import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { parseInstant } from "../../primitives/instant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { Closed, Currency, ListOf } from "../../primitives/wire.ts";
import * as contract from "../contract.ts";
import { createPlan } from "../create-plan.ts";
import { publishPlan } from "../publish-plan.ts";
import { rules } from "../rules/index.ts";
import { listPlans, type PlanRow, readPlan } from "../store.ts";
import { planTemplates } from "../templates/index.ts";
import type { RewardsDeps } from "./deps.ts";

const PLANS_MAX = 200;

export const planRoutes = ({ db }: RewardsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/plans",
    operation: "plans.list",
    limit: "read",
    summary: "Plans and drafts, newest first",
    tag: "Plans",
    schema: { response: { 200: contract.PlanList } },
    handle: async ({ programId }) => ({
      status: 200,
      body: whole((await db.read(programId, (reader) => listPlans(reader, PLANS_MAX))).map(planWire)),
    }),
  }),
  door({
    method: "GET",
    path: "/v1/plans/:plan",
    operation: "plans.read",
    limit: "read",
    summary: "One plan",
    tag: "Plans",
    schema: { params: contract.PlanParams, response: { 200: contract.PlanAnswer } },
    handle: async ({ programId, params }) => {
      const plan = await db.read(programId, (reader) => readPlan(reader, params.plan));
      if (!plan) throw new Refusal("not_found");
      return { status: 200, body: planWire(plan) };
    },
  }),
  door({
    method: "POST",
    path: "/v1/plans",
    operation: "plans.create",
    limit: "write",
    summary: "Keep a plan as a draft",
    tag: "Plans",
    schema: { body: contract.NewPlan, response: { 201: contract.PlanAnswer } },
    handle: ({ body, actor, requestId, write }) =>
      write(async (tx) => {
        const draft = await createPlan(tx, body.document);
        await recordAudit(tx, [{ actor, operation: "plans.create", subjectId: draft.id, requestId }]);
        return { status: 201, body: planWire(draft) };
      }),
  }),
  door({
    method: "POST",
    path: "/v1/plans/:plan/publish",
    operation: "plans.publish",
    limit: "write",
    summary: "Put a draft in force, now or from a date",
    tag: "Plans",
    schema: {
      params: contract.PlanParams,
      body: contract.PlanPublication,
      response: { 200: contract.PlanAnswer },
    },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx) => {
        const plan = await publishPlan(tx, params.plan, fromOf(body));
        const changes = { version: plan.version, hash: plan.hash };
        await recordAudit(tx, [
          { actor, operation: "plans.publish", subjectId: plan.id, requestId, changes },
        ]);
        return { status: 200, body: planWire(plan) };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/rules",
    operation: "rules.list",
    limit: "read",
    summary: "The rules a plan can be made of, with their parameters",
    tag: "Plans",
    schema: { response: { 200: ListOf(contract.RuleAnswer) } },
    handle: () => ({
      status: 200,
      body: whole(
        rules.map(({ name, title, description, parameters }) => ({ name, title, description, parameters })),
      ),
    }),
  }),
  door({
    method: "GET",
    path: "/v1/plan_templates",
    operation: "plan_templates.list",
    limit: "read",
    summary: "Plans to start from, written for a currency",
    tag: "Plans",
    schema: { query: Closed({ currency: Currency }), response: { 200: ListOf(contract.TemplateAnswer) } },
    handle: ({ query }) => ({
      status: 200,
      body: whole(
        planTemplates.map(({ name, title, description, document }) => ({
          name,
          title,
          description,
          document: document(query.currency),
        })),
      ),
    }),
  }),
];

function fromOf({ from }: { from?: string }): Date | null {
  if (from === undefined) return null;
  const instant = parseInstant(from);
  if (instant) return instant;
  throw new Refusal("invalid_request", {
    errors: [{ pointer: "/from", code: "invalid_time", message: "There is no such time." }],
  });
}

function planWire(plan: PlanRow): contract.PlanAnswer {
  return {
    id: plan.id,
    version: plan.version,
    state: plan.state,
    document: plan.document,
    hash: plan.hash,
    from: plan.inForceFrom?.toISOString() ?? null,
    published_at: plan.publishedAt?.toISOString() ?? null,
    created_at: plan.createdAt.toISOString(),
  };
}

const whole = <Row>(data: Row[]) => ({ data, has_more: false, next_cursor: null, prev_cursor: null });
