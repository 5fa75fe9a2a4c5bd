import { randomBytes } from "node:crypto";
import { acceptRequest } from "../../access/accept-request.ts";
import type { Actor } from "../../access/actor.ts";
import { isCrossSite } from "../../access/cross-site.ts";
import { type Answer, type AnyDoor, type Call, door } from "../../access/door.ts";
import { languagesAccepted } from "../../messages/language.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { brandLook } from "../brand-look.ts";
import { JoinForm, JoinQuery } from "../contract.ts";
import { enrollVisitor } from "../enroll-visitor.ts";
import { findInvitation, type Welcome } from "../find-invitation.ts";
import { findStopPath } from "../find-stop-path.ts";
import { isForeignForm } from "../foreign-form.ts";
import type { Comeback } from "../invitation-notices.ts";
import * as form from "../join-form.ts";
import { joinPage } from "../join-page.ts";
import * as others from "../other-pages.ts";
import { issuePass } from "../pass.ts";
import { sendVerification } from "../send-verification.ts";
import { cardUrl } from "../share-card.ts";
import type { WelcomeDeps } from "./deps.ts";

const MARK_BYTES = 16;

export const joinRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  ...(["GET", "HEAD"] as const).map((method) =>
    door({
      method,
      path: "/join",
      operation: "welcome.read",
      limit: "public_page",
      summary: "The page behind a link",
      tag: "Pages",
      isPage: true,
      schema: { query: JoinQuery },
      handle: ({ query, actor, headers }) =>
        showJoin(deps, form.fieldsFromQuery(query, freshMark()), actor, headers["accept-language"]),
    }),
  ),
  door({
    method: "POST",
    path: "/join",
    operation: "welcome.join",
    limit: "public_page",
    summary: "Join a program",
    tag: "Pages",
    isPage: true,
    schema: { body: JoinForm },
    handle: (call) => join(deps, call),
  }),
];

const freshMark = (): string => randomBytes(MARK_BYTES).toString("base64url");

/** Reads only: whoever opens the page, a person or a robot, leaves nothing behind. */
async function showJoin(
  deps: WelcomeDeps,
  fields: form.JoinFields,
  actor: Actor,
  accepted: string | undefined,
): Promise<Answer> {
  const welcome = await findInvitation(deps.access.db, fields);
  if (welcome.kind === "no_program") return nowhere(deps, welcome.code);
  return showForm(deps, welcome, {
    status: 200,
    accepted,
    fields,
    errors: {},
    comeback: comebackOf(welcome, actor),
  });
}

function comebackOf({ programId, invitation }: Place, actor: Actor): Comeback | null {
  if (actor.kind !== "participant" || actor.programId !== programId) return null;
  return "advocateId" in invitation && invitation.advocateId === actor.participantId ? "own_link" : "member";
}

function nowhere({ pages }: WelcomeDeps, code: string | null): Answer {
  return code === null ? pages.answer(200, others.whichProgramPage()) : pages.unknownCodePage();
}

type Place = Extract<Welcome, { kind: "program" }>;
type Shown = {
  status: number;
  /** The languages the browser asks for. */
  accepted: string | undefined;
  fields: form.JoinFields;
  errors: form.FieldErrors;
  comeback: Comeback | null;
};

async function showForm(
  deps: WelcomeDeps,
  place: Place,
  { status, accepted, ...shown }: Shown,
): Promise<Answer> {
  const { kind: _kind, name: program, brand, ...known } = place;
  const look = brandLook(place.programId, program, brand, accepted);
  const offer = await deps.findOffer(place.programId);
  const { access, emailKey } = deps;
  const stopPath = await findStopPath(access.db, place.programId, shown.fields.invitation, emailKey);
  const page = joinPage({ ...known, program, look, offer, stopPath, ...shown });
  const image = "code" in place.invitation ? { image: cardUrl(deps.publicUrl(), place.invitation.code) } : {};
  return deps.pages.answer(status, { ...page, ...image });
}

async function join(deps: WelcomeDeps, call: Call<{ body: typeof JoinForm }>): Promise<Answer> {
  const fields = form.fieldsFromForm(call.body, freshMark());
  try {
    await acceptRequest(deps.access, "join", call.actor, call.address);
    return await joinOrShow(deps, call, fields);
  } catch (error) {
    // What people typed is not lost because we are busy.
    if (!(error instanceof Refusal) || !RETRYABLE.has(error.code)) throw error;
    const seconds = error.code === "rate_limited" ? Number(error.details.facts?.["retry_after"] ?? 60) : null;
    const answer = deps.pages.answer(seconds === null ? 503 : 429, others.notStoredPage(fields, seconds));
    return { ...answer, headers: { ...answer.headers, "retry-after": String(seconds ?? 1) } };
  }
}

const RETRYABLE: ReadonlySet<string> = new Set(["rate_limited", "database_unavailable", "overloaded"]);

async function joinOrShow(
  deps: WelcomeDeps,
  { headers, actor, requestId }: Call<{ body: typeof JoinForm }>,
  fields: form.JoinFields,
): Promise<Answer> {
  const { access } = deps;
  const place = await findInvitation(access.db, fields);
  if (place.kind === "no_program") return nowhere(deps, place.code);
  const accepted = headers["accept-language"];
  const show = (status: number, errors: form.FieldErrors, comeback: Comeback | null = null) =>
    showForm(deps, place, { status, accepted, fields, errors, comeback });
  if (place.state !== "live" && place.state !== "test") return show(409, {});
  if (isForeignForm(headers, access.publicOrigin)) return show(403, {}, "foreign_form");
  const errors = { ...codeError(place), ...form.missingFields(fields) };
  if (Object.keys(errors).length > 0) return show(422, errors);
  try {
    const { programId } = place;
    const isOwnPage = !isCrossSite("POST", headers, access.publicOrigin);
    const language = languagesAccepted(accepted)[0] ?? null;
    const visitor = { ...fields, language, programId, actor, requestId, isOwnPage };
    const { participantId, setCookies } = await enrollVisitor(deps, visitor);
    if (deps.hasMail) await askForProof(deps, programId, participantId, requestId);
    const pass = issuePass({ programId, participantId }, deps.passKey, access.clock());
    return {
      status: 303,
      headers: {
        location: `/join/welcome?pass=${pass}`,
        "cache-control": "no-store",
        ...(setCookies.length > 0 ? { "set-cookie": setCookies } : {}),
      },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "email_taken") return show(409, {}, "known_email");
    if (error.code === "invalid_request") return show(422, form.refusedFields(error.details.errors ?? []));
    throw error;
  }
}

/** Whoever joined has joined: a mail that cannot be posted now is asked for once more on the next page. */
async function askForProof(
  { access, publicUrl, emailKey: key }: WelcomeDeps,
  programId: string,
  participantId: string,
  requestId: string,
): Promise<void> {
  try {
    await access.db.write(programId, (tx) =>
      sendVerification(tx, participantId, { publicUrl: publicUrl(), key }),
    );
  } catch (error) {
    access.log.warn({ error, request_id: requestId }, "the mail that proves an address was not posted");
  }
}

function codeError({ invitation }: Place): form.FieldErrors {
  return invitation.kind === "unknown_code" ? { code: "We don’t know this code." } : {};
}
