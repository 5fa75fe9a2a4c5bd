import { hashSecret } from "../platform/secret.ts";
import { hostCookie } from "./cookie.ts";
import { createEmbedToken } from "./create-embed-token.ts";
import { EMBED_SECONDS_MAX } from "./embed-token.ts";
import { mayOpenAccount } from "./link-to-sign-in.ts";
import type { Access } from "./open-access.ts";
import * as store from "./store.ts";

/**
 * Spends a link of the program's team: a session where the account is nothing but this participant, else this one
 * screen for an hour. Null: it was used or is too old.
 */
export async function acceptSignInLink(
  access: Access,
  token: string,
  requestId: string,
): Promise<string[] | null> {
  const link = await access.db.writeDirectory((tx) => store.takeSignInLink(tx, hashSecret(token)));
  if (!link) return null;
  const { programId, participantId } = link;
  const login = await access.db.read(programId, async (reader) => {
    const user = await store.findLoginUser(reader, programId, participantId);
    return user && { ...user, standing: await store.findStanding(reader, user.userId, "") };
  });
  if (login && mayOpenAccount(login.standing, login.hasPassword, programId)) {
    const { setCookies } = await access.identity.openSession(login.userId);
    return [...setCookies, hostCookie(access.embedCookie, "", 0)];
  }
  const cause = { actor: { kind: "system" } as const, requestId };
  const embed = await access.db.write(programId, (tx) =>
    createEmbedToken(tx, programId, participantId, cause),
  );
  return [hostCookie(access.embedCookie, embed.token, EMBED_SECONDS_MAX)];
}
