import { type AnyDoor, type Call, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { parseInstant } from "../../primitives/instant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { ListOf } from "../../primitives/wire.ts";
import { cancelPublication } from "../cancel-publication.ts";
import { Caps } from "../cap.ts";
import { When } from "../condition.ts";
import * as contract from "../contract/plans.ts";
import { createPlan } from "../create-plan.ts";
import { findPlanDiff } from "../find-plan-diff.ts";
import { PlanDocument } from "../plan-document.ts";
import { publishDraft } from "../publish-draft.ts";
import { publishEarlierPlan } from "../publish-earlier-plan.ts";
import { purgeDraft } from "../purge-draft.ts";
import { rules } from "../rules/index.ts";
import { setPlanDocument } from "../set-plan-document.ts";
import { listPlans, type PlanRow, readPlan } from "../store/plans.ts";
import { planTemplates } from "../templates/index.ts";
import { Tiers } from "../tier.ts";
import type { RewardsDeps } from "./deps.ts";

const PLANS_MAX = 200;

export const planRoutes = (deps: RewardsDeps): AnyDoor[] => [
  ...readingDoors(deps),
  ...draftDoors().map(tagged),
  ...publicationDoors().map(tagged),
  ...shelfDoors(),
];

const readingDoors = ({ db }: RewardsDeps): AnyDoor[] => [
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
      const plan = await db.read(programId, (reader) => readPlan(reader, { id: params.plan }));
      if (!plan) throw new Refusal("not_found");
      return answerOf(200, plan);
    },
  }),
  door({
    method: "GET",
    path: "/v1/plans/:plan/diff",
    operation: "plans.diff",
    limit: "read",
    summary: "What is different from another plan, each change in a sentence",
    tag: "Plans",
    schema: {
      params: contract.PlanParams,
      query: contract.PlanDiffQuery,
      response: { 200: contract.PlanDiffAnswer },
    },
    handle: async ({ programId, params, query }) => {
      const { before, after, changes } = await db.read(programId, (reader) =>
        findPlanDiff(reader, params.plan, query.with ?? null, new Date()),
      );
      return { status: 200, body: { before: comparedWire(before), after: comparedWire(after), changes } };
    },
  }),
];

const draftDoors = (): AnyDoor[] => [
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
        const draft = await createPlan(tx, body.document, body.base_version ?? null);
        await recordAudit(tx, [
          { actor, operation: "plans.create", subjectId: draft.id, requestId, changes: { hash: draft.hash } },
        ]);
        return answerOf(201, draft);
      }),
  }),
  door({
    method: "PATCH",
    path: "/v1/plans/:plan",
    operation: "plans.update",
    limit: "write",
    summary: "Change the text of a draft; If-Match carries the ETag of the text that was read",
    tag: "Plans",
    schema: {
      params: contract.PlanParams,
      body: contract.PlanPatch,
      response: { 200: contract.PlanAnswer },
    },
    handle: ({ params, body, headers, actor, requestId, write }) => {
      const readHash = hashOf(headers["if-match"]);
      return write(async (tx) => {
        const draft = await setPlanDocument(tx, params.plan, readHash, body.document);
        await recordAudit(tx, [
          { actor, operation: "plans.update", subjectId: draft.id, requestId, changes: { hash: draft.hash } },
        ]);
        return answerOf(200, draft);
      });
    },
  }),
  door({
    method: "DELETE",
    path: "/v1/plans/:plan",
    operation: "plans.delete",
    limit: "write",
    summary: "Delete a draft",
    tag: "Plans",
    schema: { params: contract.PlanParams },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        await purgeDraft(tx, params.plan);
        await recordAudit(tx, [{ actor, operation: "plans.delete", subjectId: params.plan, requestId }]);
        return { status: 204 };
      }),
  }),
];

const publicationDoors = (): AnyDoor[] => [
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
    handle: (call) =>
      call.write(async (tx) => {
        const plan = await publishDraft(tx, call.params.plan, fromOf(call.body));
        await recordAudit(tx, [entryOf(call, "plans.publish", plan)]);
        return answerOf(200, plan);
      }),
  }),
  door({
    method: "POST",
    path: "/v1/plans/:plan/withdraw",
    operation: "plans.withdraw",
    limit: "write",
    summary: "Take a published plan back before its day has come",
    tag: "Plans",
    schema: { params: contract.PlanParams, response: { 200: contract.PlanAnswer } },
    handle: (call) =>
      call.write(async (tx) => {
        const plan = await cancelPublication(tx, call.params.plan);
        await recordAudit(tx, [entryOf(call, "plans.withdraw", plan)]);
        return answerOf(200, plan);
      }),
  }),
  door({
    method: "POST",
    path: "/v1/plans/:plan/rollback",
    operation: "plans.rollback",
    limit: "write",
    summary: "Publish the text of an earlier version again, as a new one",
    tag: "Plans",
    schema: {
      params: contract.PlanParams,
      body: contract.PlanPublication,
      response: { 201: contract.PlanAnswer },
    },
    handle: (call) =>
      call.write(async (tx) => {
        const plan = await publishEarlierPlan(tx, call.params.plan, fromOf(call.body));
        await recordAudit(tx, [entryOf(call, "plans.rollback", plan)]);
        return answerOf(201, plan);
      }),
  }),
];

const shelfDoors = (): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/rules",
    operation: "rules.list",
    limit: "read",
    summary: "What a plan can be made of: rules with their parameters, conditions, tiers, caps",
    tag: "Plans",
    schema: { response: { 200: contract.RuleList } },
    handle: () => ({
      status: 200,
      body: {
        ...whole(
          rules.map(({ name, title, description, parameters }) => ({
            ...{ name, title, description, parameters },
          })),
        ),
        conditions: When,
        tiers: Tiers,
        caps: Caps,
        document: PlanDocument,
      },
    }),
  }),
  door({
    method: "GET",
    path: "/v1/plan_templates",
    operation: "plan_templates.list",
    limit: "read",
    summary: "Plans to start from, written for a currency",
    tag: "Plans",
    schema: { query: contract.TemplatesQuery, response: { 200: ListOf(contract.TemplateAnswer) } },
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

function entryOf(
  { actor, requestId }: Pick<Call<object>, "actor" | "requestId">,
  operation: "plans.publish" | "plans.withdraw" | "plans.rollback",
  { id, version, hash, baseVersion }: PlanRow,
) {
  const changes = { version, hash, base_version: baseVersion };
  return { actor, operation, subjectId: id, requestId, changes };
}

function fromOf({ from }: { from?: string }): Date | null {
  if (from === undefined) return null;
  const instant = parseInstant(from);
  if (instant) return instant;
  throw new Refusal("invalid_request", {
    errors: [{ pointer: "/from", code: "invalid_time", message: "There is no such time." }],
  });
}

/** `If-Match` as an ETag is written: in quotes; `*` is whatever is there. */
function hashOf(header: string | undefined): string {
  if (header === undefined) throw new Refusal("if_match_required");
  return header.trim().replace(/^(?:W\/)?"(.*)"$/, "$1");
}

function answerOf(status: number, plan: PlanRow) {
  return { status, body: planWire(plan), headers: { etag: `"${plan.hash}"` } };
}

/** An answer that was kept for its idempotency key tells the text it is about like the first one did. */
function tagged(one: AnyDoor): AnyDoor {
  return {
    ...one,
    handle: async (call) => {
      const answer = await one.handle(call);
      if (!("status" in answer)) return answer;
      const { hash } = (answer.body ?? {}) as { hash?: string };
      return hash === undefined ? answer : { ...answer, headers: { ...answer.headers, etag: `"${hash}"` } };
    },
  };
}

function planWire(plan: PlanRow): contract.PlanAnswer {
  return {
    id: plan.id,
    version: plan.version,
    state: plan.state,
    base_version: plan.baseVersion,
    document: plan.document,
    hash: plan.hash,
    from: plan.inForceFrom?.toISOString() ?? null,
    published_at: plan.publishedAt?.toISOString() ?? null,
    withdrawn_at: plan.withdrawnAt?.toISOString() ?? null,
    created_at: plan.createdAt.toISOString(),
    updated_at: plan.updatedAt.toISOString(),
  };
}

const comparedWire = ({ id, version, hash }: PlanRow) => ({ id, version, hash });

const whole = <Row>(data: Row[]) => ({ data, has_more: false, next_cursor: null, prev_cursor: null });
