import { hashSecret } from "../platform/secret.ts";
import { Refusal } from "../primitives/refusal.ts";
import { acceptRequest } from "./accept-request.ts";
import type { Actor } from "./actor.ts";
import { isApiKeySecret } from "./api-key.ts";
import { cookieValue } from "./cookie.ts";
import { isCrossSite, isJsonOrEmpty } from "./cross-site.ts";
import { type EmbedToken, isEmbedTokenSecret } from "./embed-token.ts";
import { findEmbedToken } from "./find-embed-token.ts";
import { findSession } from "./find-session.ts";
import type { Access, KnownKey } from "./open-access.ts";
import { actorOf, isMemberOf } from "./session.ts";
import * as store from "./store.ts";

/** What of a request says who asks. */
export type Asking = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query: unknown;
  address: string;
};

const VISITOR: Actor = { kind: "visitor" };
const TOUCH_MS = 60_000;
const PROGRAM_PATH = /^\/v1\/programs\/(prg_[0-9a-z]+)/;

/**
 * Who asks: an API key, a participant with an embed token, a signed-in user, else a visitor. At once
 * when it is known already. A wrong key is refused; a session that has ended leaves a visitor.
 */
export function findActor(access: Access, asking: Asking): Actor | Promise<Actor> {
  const { authorization, cookie } = asking.headers;
  if (typeof authorization === "string") return findBearer(access, asking, authorization);
  if (typeof cookie !== "string") return VISITOR;
  const session = cookieValue(cookie, access.identity.cookieName);
  const embed = cookieValue(cookie, access.embedCookie);
  if (session === null && embed === null) return VISITOR;
  if (isForgeable(access, asking)) return VISITOR;
  return findByCookie(access, asking, session, embed);
}

function findBearer(access: Access, asking: Asking, authorization: string): Actor | Promise<Actor> {
  const secret = authorization.replace(/^Bearer +/i, "");
  if (isEmbedTokenSecret(secret)) return findEmbedded(access, asking, secret);
  if (!isApiKeySecret(secret)) return refuseUnknown(access, asking);
  const secretHash = hashSecret(secret);
  const known = access.keys.peek(secretHash);
  return known ? useKey(access, known) : findKey(access, asking, secretHash);
}

async function findKey(access: Access, asking: Asking, secretHash: string): Promise<Actor> {
  const known = await access.keys.get(secretHash, async () => {
    const found = await access.db.readDirectory((reader) => store.findApiKey(reader, secretHash));
    return found && { actor: { kind: "key", ...found }, touchedAt: 0 };
  });
  return known ? useKey(access, known) : refuseUnknown(access, asking);
}

/** Notes the use of a key beside the request, once a minute at most. */
function useKey(access: Access, known: KnownKey): Actor {
  const now = access.clock().getTime();
  if (now - known.touchedAt >= TOUCH_MS) {
    known.touchedAt = now;
    const { programId, keyId } = known.actor;
    access.db
      .write(programId, (tx) => store.touchApiKey(tx, programId, keyId))
      .catch((error) => access.log.warn({ error }, "the use of an API key was not noted"));
  }
  return known.actor;
}

async function findEmbedded(access: Access, asking: Asking, secret: string): Promise<Actor> {
  const token = await findEmbedToken(access, secret);
  return token ? participantOf(token) : refuseUnknown(access, asking);
}

/** A guess costs a point; too many of them and the address waits. */
async function refuseUnknown(access: Access, asking: Asking): Promise<never> {
  await acceptRequest(access, "unknown_credential", VISITOR, asking.address);
  throw new Refusal("invalid_key");
}

/** The API refuses what another site may have caused; a page is shown as to any visitor. */
function isForgeable(access: Access, { method, headers, url }: Asking): boolean {
  const isApi = url.startsWith("/v1/");
  const isForged = isCrossSite(method, headers, access.publicOrigin);
  if (isApi && (isForged || (method !== "GET" && !isJsonOrEmpty(headers))))
    throw new Refusal("cross_site_request");
  return isForged;
}

/** A team member keeps their place in their own programs also while they try out a participant's screen. */
async function findByCookie(
  access: Access,
  asking: Asking,
  sessionCookie: string | null,
  embedCookie: string | null,
): Promise<Actor> {
  const programId = chosenProgram(asking);
  const session = sessionCookie === null ? null : await findSession(access, sessionCookie, programId);
  if (session && isMemberOf(session, programId)) return actorOf(session, programId);
  const token = embedCookie === null ? null : await findEmbedToken(access, embedCookie);
  if (token) return participantOf(token);
  return session ? actorOf(session, programId) : VISITOR;
}

/** A browser's EventSource cannot send headers, so a GET may name the program in its address. */
function chosenProgram({ method, headers, query, url }: Asking): string | null {
  const header = headers["program-id"];
  if (typeof header === "string") return header;
  const named = method === "GET" ? (query as { program_id?: unknown } | undefined)?.program_id : undefined;
  return typeof named === "string" ? named : (PROGRAM_PATH.exec(url)?.[1] ?? null);
}

function participantOf({ programId, participantId }: EmbedToken): Actor {
  return { kind: "participant", programId, participantId, userId: null };
}
