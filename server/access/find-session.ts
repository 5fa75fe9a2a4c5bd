import { hashSecret } from "../platform/secret.ts";
import type { Access, KnownSession } from "./open-access.ts";
import { isSessionOver, knowsProgram, type Session } from "./session.ts";
import * as store from "./store.ts";

const TOUCH_MS = 60_000;
/** A program the session does not know may be newer than what we remember of it. */
const DOUBT_MS = 1_000;

/** The session behind a cookie's value, unless it has ended. Read from the database every half minute at most. */
export async function findSession(
  access: Access,
  cookie: string,
  programId: string | null,
): Promise<Session | null> {
  const key = hashSecret(cookie);
  const kept = access.sessions.peek(key);
  if (kept && !knowsProgram(kept.session, programId) && access.clock().getTime() - kept.readAt > DOUBT_MS)
    access.sessions.forget(key);
  const known = await access.sessions.get(key, () => readSession(access, cookie));
  if (!known || isSessionOver(known.session, access.clock())) return null;
  noteUse(access, known);
  return known.session;
}

async function readSession(access: Access, cookie: string): Promise<KnownSession | null> {
  const signedIn = await access.identity.findSession(`${access.identity.cookieName}=${cookie}`);
  if (!signedIn) return null;
  const { sessionId, userId, createdAt } = signedIn;
  const standing = await access.db.readDirectory((reader) => store.findStanding(reader, userId, sessionId));
  const session = { sessionId, userId, createdAt, ...standing };
  return { session, readAt: access.clock().getTime(), touchedAt: standing.usedAt.getTime() };
}

function noteUse(access: Access, known: KnownSession): void {
  const now = access.clock();
  known.session.usedAt = now;
  if (now.getTime() - known.touchedAt < TOUCH_MS) return;
  known.touchedAt = now.getTime();
  access.db
    .writeDirectory((tx) => store.touchSession(tx, known.session.sessionId))
    .catch((error) => access.log.warn({ error }, "the use of a session was not noted"));
}
