import { betterAuth } from "better-auth";
import { APIError, createAuthEndpoint, isAPIError } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { emailOTP, magicLink } from "better-auth/plugins";
import { Kysely, PostgresDialect } from "kysely";
import type { NewId } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Database } from "./database.ts";
import type { Log } from "./log.ts";
import type { PasswordHasher } from "./password-hasher.ts";

export type IdentityOptions = {
  db: Database;
  newId: NewId;
  passwords: PasswordHasher;
  secret: string;
  /** Where people reach us; with https the cookie is Secure and bound to the host. */
  publicUrl: string;
  log: Log;
};

export type SignedIn = { sessionId: string; userId: string; email: string; name: string; createdAt: Date };

/** A session and the headers that hand it to the browser. */
export type OpenedSession = { userId: string; setCookies: string[] };

const PASSWORD_CHARS_MIN = 8;
const PASSWORD_CHARS_MAX = 128;

const SCHEMA = "auth";
const COOKIE = "referralhub_session";
const DAY_SECONDS = 86_400;
const SESSION_DAYS_MAX = 30;
const ID_PREFIXES: Record<string, string> = {
  user: "usr",
  session: "ses",
  account: "idn",
  verification: "ver",
};

/**
 * better-auth on our own tables, without its HTTP routes: our doors are the only ones. Its cookie
 * cache stays off, because a cached cookie survives a sign-out elsewhere and carries name and e-mail;
 * the caller keeps sessions in a cache that can be revoked.
 */
export function openIdentity(options: IdentityOptions) {
  const auth = authOf(options);
  return {
    cookieName: cookieNameOf(options.publicUrl),

    async findSession(cookie: string): Promise<SignedIn | null> {
      const found = await unlessRefused(() => auth.api.getSession({ headers: new Headers({ cookie }) }));
      if (!found) return null;
      const { session, user } = found;
      return {
        sessionId: session.id,
        userId: user.id,
        email: user.email,
        name: user.name,
        createdAt: session.createdAt,
      };
    },

    /** Null for an unknown address, a user without a password and a wrong password alike, after the same work. */
    async signIn(email: string, password: string): Promise<OpenedSession | null> {
      const answer = await unlessRefused(() =>
        auth.api.signInEmail({ body: { email, password }, returnHeaders: true }),
      );
      return answer && { userId: answer.response.user.id, setCookies: answer.headers.getSetCookie() };
    },

    /** A session without a password, for somebody the caller has just made or knows. */
    async openSession(userId: string): Promise<OpenedSession> {
      const answer = await reachingStore(() =>
        auth.api.openSession({ body: { userId }, returnHeaders: true }),
      );
      return { userId, setCookies: answer.headers.getSetCookie() };
    },

    /** A token for a link and six digits; either signs this user in once. Whoever reads them owns the mailbox. */
    async startByMail(email: string): Promise<{ token: string; code: string }> {
      let token = "";
      const metadata = { take: (made: string) => (token = made) };
      await reachingStore(() =>
        auth.api.signInMagicLink({ body: { email, metadata }, headers: new Headers() }),
      );
      const code = await reachingStore(() =>
        auth.api.createVerificationOTP({ body: { email, type: "sign-in" } }),
      );
      return { token, code };
    },

    /** Null for a token that is unknown, used or too old. */
    async signInByToken(token: string): Promise<OpenedSession | null> {
      const answer = await unlessRefused(() =>
        auth.api.magicLinkVerify({ query: { token }, headers: new Headers(), returnHeaders: true }),
      );
      return answer && { userId: answer.response.user.id, setCookies: answer.headers.getSetCookie() };
    },

    /** Null for an unknown address, wrong digits, too many attempts and digits that are too old. */
    async signInByCode(email: string, code: string): Promise<OpenedSession | null> {
      const answer = await unlessRefused(() =>
        auth.api.signInEmailOTP({ body: { email, otp: code }, returnHeaders: true }),
      );
      return answer && { userId: answer.response.user.id, setCookies: answer.headers.getSetCookie() };
    },

    async signOut(cookie: string): Promise<string[]> {
      const answer = await reachingStore(() =>
        auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true }),
      );
      return answer.headers.getSetCookie();
    },

    /** Ends every session of the user, this one too, and opens a new one. Null when the current password is wrong. */
    async changePassword(
      cookie: string,
      currentPassword: string,
      newPassword: string,
    ): Promise<string[] | null> {
      const body = { currentPassword, newPassword, revokeOtherSessions: true };
      const answer = await unlessRefused(() =>
        auth.api.changePassword({ body, headers: new Headers({ cookie }), returnHeaders: true }),
      );
      return answer?.headers.getSetCookie() ?? null;
    },

    /** The first password of a user who has none; false when there is one already. */
    async setFirstPassword(cookie: string, newPassword: string): Promise<boolean> {
      const headers = new Headers({ cookie });
      const answer = await unlessRefused(() => auth.api.setPassword({ body: { newPassword }, headers }));
      if (!answer) return false;
      await reachingStore(() => auth.api.revokeOtherSessions({ headers }));
      return true;
    },
  };
}

export type Identity = ReturnType<typeof openIdentity>;

/** `__Host-`: set over https by this very host, for all of it, and by nobody else. */
function cookieNameOf(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? `__Host-${COOKIE}` : COOKIE;
}

function authOf({ db, newId, passwords, secret, publicUrl, log }: IdentityOptions) {
  const isSecure = publicUrl.startsWith("https:");
  const pool = { connect: () => db.connect(), end: async () => {} };
  const dates = { createdAt: "created_at", updatedAt: "updated_at" };
  return betterAuth({
    baseURL: publicUrl,
    secret,
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: "postgres",
      schemaName: SCHEMA,
    },
    user: { modelName: "users", fields: { emailVerified: "email_verified", ...dates } },
    session: {
      modelName: "sessions",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        ...dates,
      },
      expiresIn: SESSION_DAYS_MAX * DAY_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { modelName: "accounts", fields: { ...ACCOUNT_FIELDS, ...dates } },
    verification: { modelName: "verifications", fields: { expiresAt: "expires_at", ...dates } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARS_MIN,
      maxPasswordLength: PASSWORD_CHARS_MAX,
      password: {
        hash: (password) => passwords.hash(password),
        verify: ({ hash, password }) => passwords.verify(hash, password),
      },
    },
    plugins: [passwordless, ...byMail],
    advanced: {
      cookiePrefix: "referralhub",
      useSecureCookies: false,
      cookies: { session_token: { name: cookieNameOf(publicUrl), attributes: { secure: isSecure } } },
      ipAddress: { disableIpTracking: true },
      database: {
        generateId: ({ model }) => newId(ID_PREFIXES[model] ?? model),
        validateSchema: false,
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_level, message) => log.warn({}, `sign-in: ${message}`) },
  });
}

const ACCOUNT_FIELDS = {
  userId: "user_id",
  accountId: "account_id",
  providerId: "provider_id",
  accessToken: "access_token",
  refreshToken: "refresh_token",
  idToken: "id_token",
  accessTokenExpiresAt: "access_token_expires_at",
  refreshTokenExpiresAt: "refresh_token_expires_at",
};

/** A body better-auth takes as it is: the endpoint has no URL, only our own code calls it. */
const userIdBody = {
  "~standard": {
    version: 1,
    vendor: "referralhub",
    validate: (value: unknown) => ({ value: value as { userId: string } }),
    types: undefined as unknown as { input: { userId: string }; output: { userId: string } },
  },
} as const;

export const MAIL_MINUTES = 15;
const CODE_ATTEMPTS_MAX = 5;

/** Their own mails are never sent: what would stand in one is handed to our own code. */
const byMail = [
  magicLink({
    expiresIn: MAIL_MINUTES * 60,
    storeToken: "hashed",
    disableSignUp: true,
    sendMagicLink: ({ token, metadata }) => {
      metadata?.["take"](token);
    },
  }),
  emailOTP({
    otpLength: 6,
    expiresIn: MAIL_MINUTES * 60,
    allowedAttempts: CODE_ATTEMPTS_MAX,
    storeOTP: "hashed",
    disableSignUp: true,
    sendVerificationOTP: async () => {},
  }),
];

const passwordless = {
  id: "passwordless",
  endpoints: {
    openSession: createAuthEndpoint.serverOnly({ method: "POST", body: userIdBody }, async (ctx) => {
      const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId);
      if (!user) throw new APIError("NOT_FOUND");
      const session = await ctx.context.internalAdapter.createSession(user.id);
      await setSessionCookie(ctx, { session, user });
      return ctx.json({ userId: user.id });
    }),
  },
};

/** Null for what better-auth expects to refuse; our own refusals and failures pass through. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await reachingStore(work);
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return null;
    throw error;
  }
}

/** better-auth hides why it failed. It asks nobody but the database, so that is what was not there. */
async function reachingStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAPIError(error) || error.statusCode < 500) throw error;
    throw new Refusal("database_unavailable", { facts: { retry_after: 1 } });
  }
}
