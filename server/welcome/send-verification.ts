import { postMails } from "../mail/post-mails.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Tx } from "../platform/database.ts";
import { newCode } from "../platform/digits.ts";
import { hashSecret, keyedHash, newSecret } from "../platform/secret.ts";
import { lockVerification, upsertVerification } from "./store.ts";
import { resendWait, shownCode, VERIFICATION_HOURS } from "./verification.ts";

/** What came of asking for a mail: sent; nothing left to prove; or how long to wait, null being longer than today. */
export type VerificationSent =
  | { kind: "sent" }
  | { kind: "proven" }
  | { kind: "wait"; seconds: number | null };

/** Sends a link and six digits to somebody who joined, unless one was sent a moment ago. */
export async function sendVerification(
  tx: Tx,
  participantId: string,
  { publicUrl, key }: { publicUrl: string; key: string },
): Promise<VerificationSent> {
  const person = (await findPersons(tx, [participantId])).get(participantId);
  if (!person || person.status === "erased" || person.emailVerifiedAt !== null) return { kind: "proven" };
  const earlier = await lockVerification(tx, participantId);
  const seconds = resendWait(earlier, tx.now);
  if (seconds !== 0) return { kind: "wait", seconds };
  const [token, code] = [newSecret(), newCode()];
  const isNewSpell = earlier === null || earlier.expiresAt.getTime() <= tx.now.getTime();
  await upsertVerification(tx, {
    participantId,
    tokenHash: hashSecret(token),
    codeHash: keyedHash(key, `${participantId} ${code}`),
    sends: isNewSpell ? 1 : earlier.sends + 1,
    expiresAt: new Date(tx.now.getTime() + VERIFICATION_HOURS * 3_600_000),
  });
  await postMails(tx, [
    {
      message: "verify_email",
      language: person.language ?? "en",
      facts: {
        link: `${publicUrl}/verify/${tx.programId}.${token}`,
        code: shownCode(code),
        hours: VERIFICATION_HOURS,
      },
      to: person.email,
      participantId,
      subjectId: participantId,
      fromName: null,
      key: `verify-email:${hashSecret(token)}`,
      sendAt: null,
    },
  ]);
  return { kind: "sent" };
}
