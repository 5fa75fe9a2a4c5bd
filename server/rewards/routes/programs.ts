import { hash } from "node:crypto";
import { type Actor, actorId, programOf } from "../../access/actor.ts";
import type { AuditChanges } from "../../access/audit-entry.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { setProgramName } from "../../access/set-program-name.ts";
import type { Language } from "../../messages/language.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { encodeId } from "../../primitives/id.ts";
import { formatPercent, parsePercent } from "../../primitives/rate.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../../programs/contract.ts";
import { findAttributionTerms } from "../../programs/find-attribution-terms.ts";
import { findProgram } from "../../programs/find-program.ts";
import {
  attributionWindow,
  type Disclosure,
  defaultMargin,
  type Program,
  type ProgramId,
} from "../../programs/program.ts";
import { setAttributionTerms } from "../../programs/set-attribution-terms.ts";
import { type ProgramChange, setProgram } from "../../programs/set-program.ts";
import { MODELS } from "../../referrals/models/index.ts";
import { findPlans, type PlanCache } from "../find-plans.ts";
import { launchProgram } from "../launch-program.ts";
import { planInForce } from "../plans-in-force.ts";
import type { RewardsDeps } from "./deps.ts";

const TIME_ZONE_DEFAULT = "UTC";

export const programRoutes = ({ db, plans, announceAccess }: RewardsDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/programs",
    operation: "programs.create",
    limit: "write",
    summary: "Create a program, from a template or empty",
    tag: "Programs",
    schema: { body: contract.NewProgram, response: { 201: contract.ProgramAnswer } },
    handle: async ({ body, actor, requestId, idempotency, writeIn }) => {
      // The same key makes the same program: its id is where a repeat finds the stored answer.
      const programId = idempotency ? idFromKey(`${actorId(actor)} ${idempotency.key}`) : db.newId("prg");
      const answer = await writeIn(programId, async (tx) => {
        const text = {
          name: body.name,
          currency: body.currency,
          timeZone: body.time_zone ?? TIME_ZONE_DEFAULT,
          destinationUrl: body.destination_url ?? null,
        };
        const launched = await launchProgram(tx, text, body.template ?? null, actor);
        await recordAudit(tx, [
          { actor, operation: "programs.create", subjectId: launched.programId, requestId },
        ]);
        return { status: 201, body: await programWire(tx, launched, plans) };
      });
      announceAccess();
      return answer;
    },
  }),
  door({
    method: "GET",
    path: "/v1/programs",
    operation: "programs.list",
    limit: "read",
    summary: "The programs you belong to",
    tag: "Programs",
    schema: { response: { 200: contract.ProgramList } },
    handle: async ({ actor }) => {
      const data = await Promise.all(
        programsOf(actor).map((id) => db.read(id, (reader) => readProgram(reader, plans))),
      );
      return { status: 200, body: { data, has_more: false, next_cursor: null, prev_cursor: null } };
    },
  }),
  door({
    method: "GET",
    path: "/v1/programs/:program_id",
    operation: "programs.read",
    limit: "read",
    summary: "One program with the plan in force",
    tag: "Programs",
    schema: { params: contract.ProgramParams, response: { 200: contract.ProgramAnswer } },
    handle: async ({ programId }) => ({
      status: 200,
      body: await db.read(programId, (reader) => readProgram(reader, plans)),
    }),
  }),
  door({
    method: "PATCH",
    path: "/v1/programs/:program_id",
    operation: "programs.update",
    limit: "write",
    summary:
      "Change a program's name, time zone, language, destinations, default margin, terms, disclosure, attribution or what happens to debts",
    tag: "Programs",
    schema: {
      params: contract.ProgramParams,
      body: contract.ProgramPatch,
      response: { 200: contract.ProgramAnswer },
    },
    handle: async ({ programId, body, actor, requestId, write }) => {
      const answer = await write(async (tx) => {
        const changed = await setProgram(tx, changeOf(body));
        await setProgramName(tx, programId, changed.name);
        const terms = body.attribution && (await setAttribution(tx, body.attribution, actor));
        await recordAudit(tx, [
          {
            actor,
            operation: "programs.update",
            subjectId: programId,
            requestId,
            changes: { fields: Object.keys(body), ...terms },
          },
        ]);
        return { status: 200, body: await readProgram(tx, plans) };
      });
      announceAccess();
      return answer;
    },
  }),
  door({
    method: "GET",
    path: "/v1/programs/:program_id/signing_key",
    operation: "programs.signing_key",
    limit: "read",
    summary: "The key with which followed links sign `ref` and `click`; 404 while the program does not sign",
    tag: "Programs",
    schema: { params: contract.ProgramParams, response: { 200: contract.SigningKeyAnswer } },
    handle: async ({ programId }) => {
      const { signingKey } = await db.read(programId, findProgram);
      if (signingKey === null) throw new Refusal("not_found");
      return { status: 200, headers: { "cache-control": "no-store" }, body: { key: signingKey } };
    },
  }),
  door({
    method: "GET",
    path: "/v1/programs/:program_id/attribution_terms",
    operation: "programs.attribution",
    limit: "read",
    summary: "By what sign-ups were decided, the newest terms first",
    tag: "Programs",
    schema: { params: contract.ProgramParams, response: { 200: contract.AttributionTermsList } },
    handle: async ({ programId }) => {
      const terms = await db.read(programId, findAttributionTerms);
      const data = terms.map(({ version, model, windowDays, validFrom, createdBy }) => ({
        ...{ version, model, window_days: windowDays },
        ...{ valid_from: validFrom.toISOString(), created_by: createdBy },
      }));
      return { status: 200, body: { data, has_more: false, next_cursor: null, prev_cursor: null } };
    },
  }),
];

/** What the audit keeps of it: the terms before and after. */
async function setAttribution(
  tx: Tx,
  { model, window_days }: { model?: string; window_days?: number | null },
  actor: Actor,
): Promise<AuditChanges> {
  if (model !== undefined && !MODELS.has(model))
    throw new Refusal("invalid_program", {
      errors: [
        {
          pointer: "/attribution/model",
          code: "unknown_model",
          message: `Choose one of ${[...MODELS.keys()].join(", ")}.`,
        },
      ],
    });
  const before = await findProgram(tx);
  const change = {
    ...(model === undefined ? {} : { model }),
    ...(window_days === undefined ? {} : { windowDays: window_days }),
  };
  const terms = await setAttributionTerms(tx, change, actorId(actor));
  if (terms === null) return {};
  return {
    attribution_version: terms.version,
    ...{ model_before: before.attributionModel, model: terms.model },
    ...{ window_days_before: before.attributionDays, window_days: terms.windowDays },
  };
}

/** Figures from a hash in the place of a time and of random ones. */
function idFromKey(text: string): ProgramId {
  const bytes = hash("sha256", text, "buffer");
  return encodeId("prg", bytes.readUIntBE(0, 6), bytes.readUIntBE(6, 5), bytes.readUIntBE(11, 5));
}

function programsOf(actor: Actor): string[] {
  if (actor.kind === "user") return actor.memberships.map((membership) => membership.programId);
  const own = programOf(actor);
  return own === null ? [] : [own];
}

function changeOf(body: {
  name?: string;
  time_zone?: string;
  language?: Language;
  destination_url?: string | null;
  link_domains?: string[];
  default_margin?: string;
  debt_write_off_days?: number | null;
  terms_url?: string | null;
  disclosure?: Disclosure;
  claim_window_days?: number;
  reassign_second_person_above?: number | null;
  signs_referrals?: boolean;
}): ProgramChange {
  const margin = body.default_margin === undefined ? undefined : parsePercent(body.default_margin);
  if (margin === null)
    throw new Refusal("invalid_program", {
      errors: [
        { pointer: "/default_margin", code: "invalid_value", message: "A margin is 0 to 100 percent." },
      ],
    });
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.time_zone === undefined ? {} : { timeZone: body.time_zone }),
    ...(body.language === undefined ? {} : { language: body.language }),
    ...(body.destination_url === undefined ? {} : { destinationUrl: body.destination_url }),
    ...(body.link_domains === undefined ? {} : { linkDomains: body.link_domains }),
    ...(body.debt_write_off_days === undefined ? {} : { debtWriteOffDays: body.debt_write_off_days }),
    ...(body.terms_url === undefined ? {} : { termsUrl: body.terms_url }),
    ...(body.disclosure === undefined ? {} : { disclosure: body.disclosure }),
    ...(body.claim_window_days === undefined ? {} : { claimWindowDays: body.claim_window_days }),
    ...(body.signs_referrals === undefined ? {} : { signsReferrals: body.signs_referrals }),
    ...secondPersonOf(body.reassign_second_person_above),
    ...(margin === undefined ? {} : { defaultMarginPpm: margin }),
  };
}

function secondPersonOf(above: number | null | undefined): ProgramChange {
  if (above === undefined) return {};
  return { reassignSecondPersonAbove: above === null ? null : BigInt(above) };
}

async function readProgram(reader: Reader, cache: PlanCache): Promise<contract.ProgramAnswer> {
  return programWire(reader, await findProgram(reader), cache);
}

async function programWire(
  reader: Reader,
  program: Program,
  cache: PlanCache,
): Promise<contract.ProgramAnswer> {
  const published = planInForce((await findPlans(reader, program, cache)).plans, new Date());
  return {
    id: program.programId,
    name: program.name,
    state: program.state,
    currency: program.currency,
    time_zone: program.timeZone,
    language: program.language,
    destination_url: program.destinationUrl,
    link_domains: program.linkDomains,
    default_margin: formatPercent(defaultMargin(program)),
    debt_write_off_days: program.debtWriteOffDays,
    terms_url: program.termsUrl,
    disclosure: program.disclosure,
    attribution: {
      model: program.attributionModel,
      version: program.attributionVersion,
      window_days: program.attributionDays,
      days_in_force: attributionWindow(program),
    },
    claim_window_days: program.claimWindowDays,
    reassign_second_person_above:
      program.reassignSecondPersonAbove === null ? null : Number(program.reassignSecondPersonAbove),
    signs_referrals: program.signingKey !== null,
    direct_limit: program.directLimit,
    plan: published && {
      id: published.id,
      version: published.version,
      name: published.plan.name,
      document: published.plan.document,
    },
    created_at: program.createdAt.toISOString(),
  };
}
