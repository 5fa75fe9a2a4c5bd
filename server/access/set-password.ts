import { Refusal } from "../primitives/refusal.ts";
import { acceptRequest } from "./accept-request.ts";
import type { Actor } from "./actor.ts";
import { addressKey } from "./client-address.ts";
import type { Access } from "./open-access.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

export type PasswordWish = { password: string; currentPassword: string | null };
type Cause = { actor: Actor; userId: string; cookie: string; address: string; requestId: string };

const VISITOR: Actor = { kind: "visitor" };

/**
 * Sets the password of the signed-in user: the first one as it is, another one against the current
 * one. Every other session of the user ends. Answers the cookies that replace the browser's.
 */
export async function setPassword(access: Access, wish: PasswordWish, cause: Cause): Promise<string[]> {
  const { actor, userId, requestId } = cause;
  await acceptRequest(access, "sign_in_account", VISITOR, userId);
  const profile = await access.db.readDirectory((reader) => store.findProfile(reader, userId));
  const setCookies = profile?.hasPassword
    ? await change(access, wish, cause)
    : await setFirst(access, wish, cause);
  access.limiter.giveBack("sign_in_account", userId);
  access.limiter.giveBack("sign_in", addressKey(cause.address));
  access.announce(`user:${userId}`);
  await access.db.writeDirectory((tx) =>
    recordAudit(tx, [{ actor, operation: "session.set_password", subjectId: userId, requestId }]),
  );
  return setCookies;
}

async function change(access: Access, wish: PasswordWish, { cookie }: Cause): Promise<string[]> {
  if (wish.currentPassword === null) throw new Refusal("current_password_required");
  const setCookies = await access.identity.changePassword(cookie, wish.currentPassword, wish.password);
  if (!setCookies) throw new Refusal("wrong_password");
  return setCookies;
}

async function setFirst(access: Access, wish: PasswordWish, { cookie }: Cause): Promise<string[]> {
  const isSet = await access.identity.setFirstPassword(cookie, wish.password);
  // Somebody set one since we looked.
  if (!isSet) throw new Refusal("current_password_required");
  return [];
}
