import type { Access } from "./open-access.ts";

/** Signs in the user of a login that was just created; answers the cookies for the browser. After the commit. */
export async function openParticipantSession(access: Access, userId: string): Promise<string[]> {
  const { setCookies } = await access.identity.openSession(userId);
  return setCookies;
}
