import { hash } from "node:crypto";
import { type Actor, actorId, programOf } from "../../access/actor.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { setProgramName } from "../../access/set-program-name.ts";
import type { Language } from "../../messages/language.ts";
import type { Reader } from "../../platform/database.ts";
import { encodeId } from "../../primitives/id.ts";
import { formatPercent, parsePercent } from "../../primitives/rate.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../../programs/contract.ts";
import { findProgram } from "../../programs/find-program.ts";
import { type Disclosure, defaultMargin, type Program, type ProgramId } from "../../programs/program.ts";
import { type ProgramChange, setProgram } from "../../programs/set-program.ts";
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
      "Change a program's name, time zone, language, destinations, default margin, terms, disclosure or what happens to debts",
    tag: "Programs",
    schema: {
      params: contract.ProgramParams,
      body: contract.ProgramPatch,
      response: { 200: contract.ProgramAnswer },
    },
    handle: async ({ programId, body, actor, requestId, write }) => {
      const answer = await write(async (tx) => {
        const program = await setProgram(tx, changeOf(body));
        await setProgramName(tx, programId, program.name);
        await recordAudit(tx, [
          {
            actor,
            operation: "programs.update",
            subjectId: programId,
            requestId,
            changes: { fields: Object.keys(body) },
          },
        ]);
        return { status: 200, body: await programWire(tx, program, plans) };
      });
      announceAccess();
      return answer;
    },
  }),
];

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
    ...(margin === undefined ? {} : { defaultMarginPpm: margin }),
  };
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
