import { MAIL_MINUTES } from "../../platform/identity.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { profileAnswer } from "../answers.ts";
import * as contract from "../contract.ts";
import { hostCookie } from "../cookie.ts";
import { type AnyDoor, door } from "../door.ts";
import { findProfile } from "../find-profile.ts";
import type { MailSignIn } from "../mail-sign-in.ts";
import type { Access } from "../open-access.ts";
import { openSessionByMail } from "../open-session-by-mail.ts";
import { sendSignIn } from "../send-sign-in.ts";

const NO_STORE = { "cache-control": "no-store" };

/** Signing in with what stands in a mail. */
export const mailSessionRoutes = (access: Access, mail: MailSignIn | null): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/session/mail",
    operation: "session.send_mail",
    limit: "sign_in",
    summary: "Send a link and a code to sign in with; the answer is the same for every address",
    tag: "Sign-in",
    schema: { body: contract.SignInMailRequest, response: { 202: contract.SignInMailAnswer } },
    handle: async ({ body, headers }) => {
      if (!mail) throw new Refusal("mail_not_configured");
      const languages = headers["accept-language"];
      await sendSignIn(access, { email: body.email, languages }, mail.post);
      return { status: 202, body: { minutes: MAIL_MINUTES }, headers: NO_STORE };
    },
  }),
  door({
    method: "POST",
    path: "/v1/session/code",
    operation: "session.create_by_code",
    limit: "sign_in",
    summary: "Sign in with the code of a mail",
    tag: "Sign-in",
    schema: { body: contract.SignInCodeRequest, response: { 201: contract.SessionAnswer } },
    handle: async ({ body, requestId }) => {
      const session = await openSessionByMail(access, body, requestId);
      if (!session) throw new Refusal("wrong_code");
      await mail?.proven(session.participations);
      const { userId, setCookies } = session.opened;
      const actor = {
        kind: "user",
        userId,
        isInstallationOwner: false,
        memberships: [],
        programId: null,
      } as const;
      const profile = await access.db.readDirectory((reader) => findProfile(reader, actor));
      const cookies = [...setCookies, hostCookie(access.embedCookie, "", 0)];
      return { status: 201, body: profileAnswer(profile), headers: { ...NO_STORE, "set-cookie": cookies } };
    },
  }),
];
