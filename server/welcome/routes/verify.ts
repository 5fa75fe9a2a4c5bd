import { type Answer, type AnyDoor, door } from "../../access/door.ts";
import { isId } from "../../primitives/id.ts";
import { TokenParams, VerifyForm } from "../contract.ts";
import * as others from "../other-pages.ts";
import { issuePass } from "../pass.ts";
import type { Said } from "../proof-card.ts";
import * as proof from "../proof-pages.ts";
import { sendVerification } from "../send-verification.ts";
import { readCode } from "../verification.ts";
import { verifyAddress } from "../verify-address.ts";
import type { WelcomeDeps } from "./deps.ts";
import { findKnown, joinedAnswer, type Known } from "./joined-answer.ts";

const NO_STORE = { "cache-control": "no-store", "referrer-policy": "same-origin" };

/** The proof that an address is somebody's: by six digits, or by the link, on whatever device. */
export const verifyRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/join/verify",
    operation: "welcome.join",
    limit: "join",
    summary: "Prove an address with the code of a mail, or ask for another mail",
    tag: "Pages",
    isPage: true,
    schema: { body: VerifyForm },
    handle: async ({ body, actor, headers }) => {
      const known = await findKnown(deps, body.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      const said =
        body.again === "yes" ? await sendAgain(deps, known) : await check(deps, known, body.code ?? "");
      if (said === null) return toWelcome(known.text);
      return joinedAnswer(deps, known, said, headers["accept-language"]);
    },
  }),
  // Mail programs and scanners open links by themselves, so opening one proves nothing.
  door({
    method: "GET",
    path: "/verify/:token",
    operation: "welcome.read",
    limit: "public_page",
    summary: "The page behind the link that proves an address",
    tag: "Pages",
    isPage: true,
    schema: { params: TokenParams },
    handle: ({ params }) => secret(deps.pages.answer(200, proof.confirmPage(params.token))),
  }),
  door({
    method: "POST",
    path: "/verify/:token",
    operation: "welcome.join",
    limit: "join",
    summary: "Prove an address with the link of a mail",
    tag: "Pages",
    isPage: true,
    schema: { params: TokenParams },
    handle: async ({ params }) => {
      const [programId = "", token = ""] = params.token.split(".");
      const { access, passKey } = deps;
      const result = isId("prg", programId)
        ? await access.db.write(programId, (tx) => verifyAddress(tx, { token }))
        : null;
      if (result?.verdict !== "fits") return secret(deps.pages.answer(410, proof.staleLinkPage()));
      return toWelcome(
        issuePass({ programId, participantId: result.participantId }, passKey, access.clock()),
      );
    },
  }),
];

const toWelcome = (pass: string): Answer => ({
  status: 303,
  headers: { ...NO_STORE, location: `/join/welcome?pass=${pass}` },
});

const secret = (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, ...NO_STORE } });

/** Null: the address is proven. */
async function sendAgain(deps: WelcomeDeps, { pass }: Known): Promise<Said | null> {
  if (!deps.hasMail) return null;
  const { programId, participantId } = pass;
  const keys = { publicUrl: deps.publicUrl(), key: deps.emailKey };
  const sent = await deps.access.db.write(programId, (tx) => sendVerification(tx, participantId, keys));
  return sent.kind === "proven" ? null : sent;
}

/** Null: it fits. */
async function check(deps: WelcomeDeps, { pass, joined }: Known, text: string): Promise<Said | null> {
  if (joined.isEmailVerified) return null;
  const code = readCode(text);
  if (code === null) return { kind: "no_code" };
  const { programId, participantId } = pass;
  const result = await deps.access.db.write(programId, (tx) =>
    verifyAddress(tx, { participantId, code, key: deps.emailKey }),
  );
  if (!result) return { kind: "expired" };
  return result.verdict === "fits" ? null : { kind: result.verdict };
}
