import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { formatPercent, type Rate } from "../../primitives/rate.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { findProgram } from "../../programs/find-program.ts";
import { defaultMargin } from "../../programs/program.ts";
import { acceptFinding } from "../accept-finding.ts";
import * as contract from "../contract/plans.ts";
import { type FoundLint, findLint } from "../find-lint.ts";
import { openFindings } from "../lint-verdict.ts";
import type { PlanLint } from "../plan-lint.ts";
import { type AcknowledgementRow, readPlan } from "../store/plans.ts";
import { type Share, shareText } from "../worst-case.ts";
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
      body: await db.read(programId, async (reader) => {
        const margin = defaultMargin(await findProgram(reader));
        return lintWire(await findLint(reader, body.document, new Date()), margin);
      }),
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
        const margin = defaultMargin(await findProgram(reader));
        return lintWire(await findLint(reader, plan.document, new Date()), margin);
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

function lintWire(found: FoundLint, margin: Rate): contract.LintAnswer {
  if (found.hash === null)
    return {
      hash: null,
      problems: found.problems,
      examples: [],
      findings: [],
      worst_case: null,
      may_be_published: false,
    };
  const { hash, examples, lint, acknowledgements } = found;
  const known = new Map(acknowledgements.map((row) => [row.code, acknowledgedWire(row)]));
  return {
    hash,
    problems: [],
    examples,
    findings: lint.findings.map((finding) => ({
      ...finding,
      acknowledged: finding.severity === "advisory" ? (known.get(finding.code) ?? null) : null,
    })),
    worst_case: worstCaseWire(lint, margin),
    may_be_published:
      openFindings(lint, acknowledgements).length === 0 && examples.every(({ holds }) => holds),
  };
}

function worstCaseWire({ worstCase, sentence }: PlanLint, margin: Rate): contract.LintAnswer["worst_case"] {
  return {
    default_margin: formatPercent(margin),
    levels: worstCase.levels.map(({ level, ...shares }) => ({ level, ...sharesWire(shares) })),
    total: sharesWire(worstCase.total),
    sentence,
  };
}

const sharesWire = ({ atFullMargin, atDefaultMargin }: { atFullMargin: Share; atDefaultMargin: Share }) => ({
  at_full_margin: atFullMargin === null ? null : shareText(atFullMargin),
  at_default_margin: atDefaultMargin === null ? null : shareText(atDefaultMargin),
});

function acknowledgedWire({ reason, actorKind, actorId, createdAt }: AcknowledgementRow) {
  return { reason, actor: { kind: actorKind, id: actorId }, at: createdAt.toISOString() };
}
