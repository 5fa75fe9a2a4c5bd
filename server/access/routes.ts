import type { FastifyReply } from "fastify";
import type { Allowance } from "../platform/rate-limiter.ts";
import { Refusal } from "../primitives/refusal.ts";
import { acceptRequest } from "./accept-request.ts";
import { acceptSetup } from "./accept-setup.ts";
import type { Actor } from "./actor.ts";
import { apiKeyAnswer, memberAnswer, profileAnswer, wholeList } from "./answers.ts";
import * as contract from "./contract.ts";
import { cookieValue, hostCookie } from "./cookie.ts";
import { createApiKey } from "./create-api-key.ts";
import { disableApiKey } from "./disable-api-key.ts";
import { type AnyDoor, door, type Gate } from "./door.ts";
import { secondsLeft } from "./embed-token.ts";
import { findActor } from "./find-actor.ts";
import { findAuditEntries } from "./find-audit-entries.ts";
import { findEmbedToken } from "./find-embed-token.ts";
import { findProfile } from "./find-profile.ts";
import type { MailSignIn } from "./mail-sign-in.ts";
import type { Access } from "./open-access.ts";
import { openSession } from "./open-session.ts";
import type { RateLimitClass } from "./rate-limit.ts";
import { mailSessionRoutes } from "./routes/mail-session.ts";
import { setPassword } from "./set-password.ts";
import * as store from "./store.ts";

const NO_STORE = { "cache-control": "no-store" };
/** Hot paths answer without them; a limit of millions tells nobody anything. */
const UNANNOUNCED: ReadonlySet<RateLimitClass> = new Set(["click", "money"]);

/** What the doors of every room ask about who comes in. */
export function accessGate(access: Access): Gate {
  const { addressOf } = access;
  return {
    db: access.db,
    addressOf,
    findActor: (request) => {
      const { method, url, headers, query } = request;
      return findActor(access, { method, url, headers, query, address: addressOf(request) });
    },
    admit: (limit, actor, address, reply) => {
      const accepted = acceptRequest(access, limit, actor, address);
      if (UNANNOUNCED.has(limit)) return "then" in accepted ? accepted.then(() => {}) : undefined;
      return "then" in accepted ? accepted.then((it) => announce(reply, it)) : announce(reply, accepted);
    },
  };
}

export const accessRoutes = (access: Access, mail: MailSignIn | null = null): AnyDoor[] => [
  ...setupRoutes(access, mail !== null),
  ...sessionRoutes(access),
  ...mailSessionRoutes(access, mail),
  ...apiKeyRoutes(access),
  ...peopleRoutes(access),
  portalRoute(access),
];

const setupRoutes = (access: Access, mail: boolean): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/setup",
    operation: "setup.read",
    limit: "read",
    summary: "Whether the installation still needs its owner",
    tag: "Sign-in",
    schema: { response: { 200: contract.SetupStatus } },
    handle: async () => ({
      status: 200,
      body: { needed: !(await access.db.readDirectory(store.isOwned)), mail },
      headers: NO_STORE,
    }),
  }),
  door({
    method: "POST",
    path: "/v1/setup",
    operation: "setup.complete",
    limit: "setup",
    summary: "Create the owner with the set-up token and sign in",
    tag: "Sign-in",
    schema: { body: contract.SetupRequest, response: { 201: contract.SessionAnswer } },
    handle: async ({ body, requestId }) => {
      const { email, name, password, token } = body;
      const passwordHash = await access.passwords.hash(password);
      const owner = { email, name, passwordHash };
      const userId = await access.db.writeDirectory((tx) => acceptSetup(tx, token, owner, requestId));
      access.announce("*");
      const { setCookies } = await access.identity.openSession(userId);
      const profile = await access.db.readDirectory((reader) => findProfile(reader, asUser(userId)));
      return {
        status: 201,
        body: profileAnswer(profile),
        headers: { ...NO_STORE, "set-cookie": setCookies },
      };
    },
  }),
];

const sessionRoutes = (access: Access): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/session",
    operation: "session.create",
    limit: "sign_in",
    summary: "Sign in with e-mail and password",
    tag: "Sign-in",
    schema: { body: contract.SignInRequest, response: { 201: contract.SessionAnswer } },
    handle: async ({ body, address, requestId }) => {
      const { userId, setCookies } = await openSession(access, { ...body, address, requestId });
      const profile = await access.db.readDirectory((reader) => findProfile(reader, asUser(userId)));
      const cookies = [...setCookies, hostCookie(access.embedCookie, "", 0)];
      return { status: 201, body: profileAnswer(profile), headers: { ...NO_STORE, "set-cookie": cookies } };
    },
  }),
  door({
    method: "GET",
    path: "/v1/session",
    operation: "session.read",
    limit: "read",
    summary: "Who is signed in, and the programs they belong to",
    tag: "Sign-in",
    schema: { response: { 200: contract.SessionAnswer } },
    handle: async ({ actor }) => {
      const profile = await access.db.readDirectory((reader) => findProfile(reader, actor));
      return { status: 200, body: profileAnswer(profile), headers: NO_STORE };
    },
  }),
  door({
    method: "DELETE",
    path: "/v1/session",
    operation: "session.delete",
    limit: "write",
    summary: "Sign out",
    tag: "Sign-in",
    schema: {},
    handle: async ({ actor, headers }) => {
      const cookie = sessionCookie(access, headers.cookie);
      const cleared = cookie === null ? [] : await access.identity.signOut(cookie);
      if ("userId" in actor && actor.userId !== null) access.announce(`user:${actor.userId}`);
      const cookies = [...cleared, hostCookie(access.embedCookie, "", 0)];
      return { status: 204, headers: { ...NO_STORE, "set-cookie": cookies } };
    },
  }),
  door({
    method: "PUT",
    path: "/v1/session/password",
    operation: "session.set_password",
    limit: "sign_in",
    summary: "Set the password; ends all other sessions",
    tag: "Sign-in",
    schema: { body: contract.PasswordRequest },
    handle: async ({ actor, body, headers, address, requestId }) => {
      const cookie = sessionCookie(access, headers.cookie);
      const userId = "userId" in actor ? actor.userId : null;
      if (cookie === null || userId === null) throw new Refusal("not_permitted");
      const wish = { password: body.password, currentPassword: body.current_password ?? null };
      const setCookies = await setPassword(access, wish, { actor, userId, cookie, address, requestId });
      return { status: 204, headers: { ...NO_STORE, "set-cookie": setCookies } };
    },
  }),
];

/** Written without the idempotency store, which would keep the secret in plain text. */
const apiKeyRoutes = (access: Access): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/api_keys",
    operation: "api_keys.list",
    limit: "read",
    summary: "The API keys of the program",
    tag: "API keys",
    schema: { response: { 200: contract.ApiKeyList } },
    handle: async ({ programId }) => {
      const keys = await access.db.read(programId, (reader) => store.listApiKeys(reader, programId));
      return { status: 200, body: wholeList(keys.map(apiKeyAnswer)) };
    },
  }),
  door({
    method: "POST",
    path: "/v1/api_keys",
    operation: "api_keys.create",
    limit: "write",
    summary: "Create an API key; its secret is shown once",
    tag: "API keys",
    schema: { body: contract.ApiKeyRequest, response: { 201: contract.CreatedApiKeyAnswer } },
    handle: async ({ actor, body, programId, requestId }) => {
      const wish = { name: body.name, scopes: body.scopes, livemode: body.livemode ?? true };
      const { key, secret } = await access.db.write(programId, (tx) =>
        createApiKey(tx, programId, wish, { actor, requestId }),
      );
      return { status: 201, body: { ...apiKeyAnswer(key), secret }, headers: NO_STORE };
    },
  }),
  door({
    method: "DELETE",
    path: "/v1/api_keys/:id",
    operation: "api_keys.delete",
    limit: "write",
    summary: "End an API key",
    tag: "API keys",
    schema: { params: contract.IdParams },
    handle: async ({ actor, params, programId, requestId }) => {
      await access.db.write(programId, (tx) => disableApiKey(tx, programId, params.id, { actor, requestId }));
      access.announce(`key:${params.id}`);
      return { status: 204 };
    },
  }),
];

const peopleRoutes = (access: Access): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/members",
    operation: "members.list",
    limit: "read",
    summary: "The team of the program",
    tag: "Team",
    schema: { response: { 200: contract.MemberList } },
    handle: async ({ programId }) => {
      const members = await access.db.read(programId, (reader) => store.listMembers(reader, programId));
      return { status: 200, body: wholeList(members.map(memberAnswer)) };
    },
  }),
  door({
    method: "GET",
    path: "/v1/audit_entries",
    operation: "audit.list",
    limit: "read",
    summary: "Who did what in the program, newest first",
    tag: "Team",
    schema: { query: contract.AuditQuery, response: { 200: contract.AuditEntryList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await access.db.read(programId, (reader) => findAuditEntries(reader, programId, query)),
    }),
  }),
];

/** The address with the token in it is left at once and sent nowhere as a referrer. */
const portalRoute = (access: Access): AnyDoor =>
  door({
    method: "GET",
    path: "/portal",
    operation: "portal.open",
    limit: "public_page",
    summary: "Exchange an embed token for a cookie",
    tag: "Pages",
    isPage: true,
    schema: { query: contract.PortalQuery },
    handle: async ({ query, address }) => {
      const headers = { ...NO_STORE, "referrer-policy": "no-referrer" };
      const secret = query.token ?? "";
      const token = await findEmbedToken(access, secret);
      if (!token) {
        await acceptRequest(access, "unknown_credential", { kind: "visitor" }, address);
        return { status: 302, headers: { ...headers, location: "/app/sign-in?notice=link_expired" } };
      }
      const cookie = hostCookie(access.embedCookie, secret, secondsLeft(token, access.clock()));
      return { status: 302, headers: { ...headers, location: "/app/home", "set-cookie": [cookie] } };
    },
  });

function announce(reply: FastifyReply, allowance: Allowance): void {
  reply.header("ratelimit-limit", allowance.limit);
  reply.header("ratelimit-remaining", allowance.remaining);
  reply.header("ratelimit-reset", allowance.resetSeconds);
}

function sessionCookie(access: Access, header: string | undefined): string | null {
  const value = header === undefined ? null : cookieValue(header, access.identity.cookieName);
  return value === null ? null : `${access.identity.cookieName}=${value}`;
}

const asUser = (userId: string): Actor => ({
  kind: "user",
  userId,
  isInstallationOwner: false,
  memberships: [],
  programId: null,
});
