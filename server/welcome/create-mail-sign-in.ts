import type { MailSignIn } from "../access/mail-sign-in.ts";
import { postMails } from "../mail/post-mails.ts";
import { languagesAccepted } from "../messages/language.ts";
import { verifyAddresses } from "../participants/verify-addresses.ts";
import type { Database } from "../platform/database.ts";
import { MAIL_MINUTES } from "../platform/identity.ts";
import { hashSecret } from "../platform/secret.ts";
import { findProgram } from "../programs/find-program.ts";
import { shownCode } from "./verification.ts";

/** Signing in by mail, as the outbox and the participants know it. */
export function createMailSignIn(db: Database, publicUrl: () => string): MailSignIn {
  return {
    post: ({ programId, participantId, email, token, code, languages }) =>
      db.write(programId, async (tx) => {
        const language = languagesAccepted(languages)[0] ?? (await findProgram(tx)).language;
        await postMails(tx, [
          {
            message: "sign_in_link",
            language,
            facts: { link: `${publicUrl()}/sign-in/${token}`, code: shownCode(code), minutes: MAIL_MINUTES },
            ...{ to: email, participantId, subjectId: participantId, fromName: null, sendAt: null },
            key: `sign-in:${hashSecret(token)}`,
          },
        ]);
      }),
    proven: async (participations) => {
      for (const { programId, participantId } of participations)
        await db.write(programId, (tx) => verifyAddresses(tx, [participantId]));
    },
  };
}
