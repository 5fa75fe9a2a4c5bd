import { acceptSignInLink } from "../../access/accept-sign-in-link.ts";
import { hostCookie } from "../../access/cookie.ts";
import { isCrossSite } from "../../access/cross-site.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { isSignInLinkSecret } from "../../access/link-to-sign-in.ts";
import type { MailSignIn } from "../../access/mail-sign-in.ts";
import { openSessionByMail } from "../../access/open-session-by-mail.ts";
import { TokenParams } from "../contract.ts";
import * as proof from "../proof-pages.ts";
import type { WelcomeDeps } from "./deps.ts";

const NO_STORE = { "cache-control": "no-store", "referrer-policy": "same-origin" };

/** Behind the link that signs somebody in: theirs from a mail, or one the program's team handed over. */
export const signInRoutes = (deps: WelcomeDeps, mail: MailSignIn | null): AnyDoor[] => [
  door({
    method: "GET",
    path: "/sign-in/:token",
    operation: "welcome.read",
    limit: "public_page",
    summary: "The page behind a link that signs somebody in",
    tag: "Pages",
    isPage: true,
    schema: { params: TokenParams },
    handle: ({ params }) => {
      const answer = deps.pages.answer(200, proof.signInPage(params.token));
      return { ...answer, headers: { ...answer.headers, ...NO_STORE } };
    },
  }),
  door({
    method: "POST",
    path: "/sign-in/:token",
    operation: "welcome.join",
    limit: "sign_in",
    summary: "Sign in with a link",
    tag: "Pages",
    isPage: true,
    schema: { params: TokenParams },
    handle: async ({ params, headers, requestId }) => {
      const { access } = deps;
      // Another site's form must not sign anybody in as somebody else.
      const cookies = isCrossSite("POST", headers, access.publicOrigin)
        ? null
        : isSignInLinkSecret(params.token)
          ? await acceptSignInLink(access, params.token, requestId)
          : await byMail(deps, mail, params.token, requestId);
      if (!cookies) {
        const answer = deps.pages.answer(410, proof.staleSignInPage());
        return { ...answer, headers: { ...answer.headers, ...NO_STORE } };
      }
      return { status: 303, headers: { ...NO_STORE, location: "/app/", "set-cookie": cookies } };
    },
  }),
];

async function byMail(
  { access }: WelcomeDeps,
  mail: MailSignIn | null,
  token: string,
  requestId: string,
): Promise<string[] | null> {
  const session = await openSessionByMail(access, { token }, requestId);
  if (!session) return null;
  await mail?.proven(session.participations);
  return [...session.opened.setCookies, hostCookie(access.embedCookie, "", 0)];
}
