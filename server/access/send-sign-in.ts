import { acceptRequest } from "./accept-request.ts";
import type { MailSignIn } from "./mail-sign-in.ts";
import type { Access } from "./open-access.ts";
import * as store from "./store.ts";

/**
 * Sends a link and a code to an address that has an account. Whether it has one is told to nobody: the asker is
 * answered before it is looked up, and requests are counted for the address either way.
 */
export async function sendSignIn(
  access: Access,
  { email, languages }: { email: string; languages: string | undefined },
  post: MailSignIn["post"],
): Promise<{ sent: Promise<void> }> {
  const account = email.toLowerCase();
  await acceptRequest(access, "sign_in_mail", { kind: "visitor" }, account);
  const sent = sendTo(access, account, languages, post).catch((error) =>
    access.log.warn({ error }, "a mail to sign in with was not posted"),
  );
  return { sent };
}

async function sendTo(
  access: Access,
  email: string,
  languages: string | undefined,
  post: MailSignIn["post"],
): Promise<void> {
  const standing = await access.db.readDirectory(async (reader) => {
    const user = await store.findUserByEmail(reader, email);
    return user && store.findStanding(reader, user.id, "");
  });
  // The mail stands in a program's outbox, which its owners can read: it must not open more than that program.
  const programs = new Set(
    [...(standing?.participations ?? []), ...(standing?.memberships ?? [])].map(programIdOf),
  );
  if (standing?.isInstallationOwner || programs.size > 1) return;
  const participation = standing?.participations[0];
  const programId = participation?.programId ?? standing?.memberships[0]?.programId;
  if (programId === undefined) return;
  const { token, code } = await access.identity.startByMail(email);
  const participantId = participation?.participantId ?? null;
  await post({ programId, participantId, email, token, code, languages });
}

const programIdOf = ({ programId }: { programId: string }): string => programId;
