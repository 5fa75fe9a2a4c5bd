import type { Actor } from "../../access/actor.ts";
import type { Answer } from "../../access/door.ts";
import { brandLook } from "../brand-look.ts";
import { findJoined, type Joined } from "../find-joined.ts";
import { joinedPage } from "../joined-page.ts";
import { type Pass, readPass } from "../pass.ts";
import type { Said, VerifyView } from "../proof-card.ts";
import type { WelcomeDeps } from "./deps.ts";

export type Known = { pass: Pass; text: string; joined: Joined };

/** Who a pass stands for; null when its time is over or they are gone. */
export async function findKnown(
  { access, passKey, publicUrl }: WelcomeDeps,
  text: string | undefined,
  actor: Actor,
): Promise<Known | null> {
  const pass = readPass(text ?? "", passKey, access.clock());
  const joined = pass && (await findJoined(access.db, pass, actor, publicUrl()));
  return joined ? { pass, text: text ?? "", joined } : null;
}

/** The welcome of somebody, with what came of their last attempt to prove their address. */
export async function joinedAnswer(
  deps: WelcomeDeps,
  { pass: { programId, participantId }, text, joined }: Known,
  said: Said | null,
  accepted: string | undefined,
): Promise<Answer> {
  const { brand, email, isEmailVerified, ...rest } = joined;
  const look = brandLook(programId, rest.program, brand, accepted);
  const [offer, progress] = await Promise.all([
    deps.findOffer(programId),
    deps.findProgress(programId, participantId),
  ]);
  const asked: VerifyView = deps.hasMail ? { kind: "asked", email, said } : { kind: "not_asked" };
  const verify: VerifyView = isEmailVerified ? { kind: "proven" } : asked;
  const page = joinedPage({ ...rest, look, offer, progress, verify, pass: text });
  const isWrong = said !== null && said.kind !== "sent" && said.kind !== "wait";
  const answer = deps.pages.answer(isWrong ? 422 : 200, page);
  // The address shows a name: it is passed on to no other site.
  const headers = { ...answer.headers, "cache-control": "no-store", "referrer-policy": "same-origin" };
  return { ...answer, headers };
}
