import { type Answer, type AnyDoor, door } from "../../access/door.ts";
import { emailHash, isEmail } from "../../primitives/email.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { claimReferral } from "../../referrals/claim-referral.ts";
import { brandLook } from "../brand-look.ts";
import { InvitedForm, JoinedQuery } from "../contract.ts";
import { type InvitedFields, type InvitedView, invitedPage, refusalText } from "../invited-page.ts";
import * as others from "../other-pages.ts";
import type { WelcomeDeps } from "./deps.ts";
import { findKnown, type Known } from "./joined-answer.ts";

const PATH = "/join/invited";
const NOTE_CHARS_MAX = 500;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const EMPTY: InvitedFields = { who: "", on: "", note: "" };

/** For whoever joined without the link they had been sent. */
export const invitedRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: PATH,
    operation: "welcome.read",
    limit: "public_page",
    summary: "Where somebody says who invited them",
    tag: "Pages",
    isPage: true,
    schema: { query: JoinedQuery },
    handle: async ({ query, actor, headers }) => {
      const known = await findKnown(deps, query.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      return show(deps, known, 200, { fields: EMPTY, said: null }, headers["accept-language"]);
    },
  }),
  door({
    method: "POST",
    path: PATH,
    operation: "welcome.join",
    limit: "join",
    summary: "Say who invited you",
    tag: "Pages",
    isPage: true,
    schema: { body: InvitedForm },
    handle: async ({ body, actor, headers }) => {
      const known = await findKnown(deps, body.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      const fields: InvitedFields = {
        who: (body.who ?? "").trim(),
        on: DAY.test(body.on ?? "") ? (body.on as string) : "",
        note: (body.note ?? "").trim().slice(0, NOTE_CHARS_MAX),
      };
      const said = await claim(deps, known, fields);
      const status = said?.kind === "taken" ? 201 : said?.kind === "refused" ? 409 : 422;
      return show(deps, known, status, { fields, said }, headers["accept-language"]);
    },
  }),
];

function show(
  deps: WelcomeDeps,
  { pass, text, joined }: Known,
  status: number,
  view: Pick<InvitedView, "fields" | "said">,
  accepted: string | undefined,
): Answer {
  const look = brandLook(pass.programId, joined.program, joined.brand, accepted);
  const today = deps.access.clock().toISOString().slice(0, 10);
  const answer = deps.pages.answer(status, invitedPage({ ...view, look, pass: text, today }));
  const headers = { ...answer.headers, "cache-control": "no-store", "referrer-policy": "same-origin" };
  return { ...answer, headers };
}

async function claim(
  deps: WelcomeDeps,
  { pass, joined }: Known,
  { who, on, note }: InvitedFields,
): Promise<InvitedView["said"]> {
  if (who === "") return { kind: "wrong", text: "Enter the code or the e-mail of who invited you." };
  const byEmail = isEmail(who);
  if (who.includes("@") && !byEmail)
    return { kind: "wrong", text: "Enter an address like name@example.com." };
  const participant = { id: pass.participantId as `par_${string}`, createdAt: joined.joinedAt };
  try {
    await deps.access.db.write(pass.programId, (tx) =>
      claimReferral(tx, {
        participant,
        code: byEmail ? null : who,
        emailHash: byEmail ? emailHash(who, deps.emailKey) : null,
        invitedOn: on === "" ? null : on,
        note: note === "" ? null : note,
      }),
    );
    return { kind: "taken" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "unknown_code") return { kind: "wrong", text: "We don’t know this code." };
    const text = refusalText(error);
    if (text === null) throw error;
    return { kind: "refused", text };
  }
}
