import type { Bus } from "../platform/bus.ts";
import type { Database } from "../platform/database.ts";
import { createIdSource } from "../platform/id-source.ts";
import { type Identity, openIdentity } from "../platform/identity.ts";
import type { Log } from "../platform/log.ts";
import { PasswordHasher } from "../platform/password-hasher.ts";
import { RateLimiter } from "../platform/rate-limiter.ts";
import { SharedCache } from "../platform/shared-cache.ts";
import type { Actor, KeyActor } from "./actor.ts";
import { type AddressReader, createAddressReader } from "./create-address-reader.ts";
import type { EmbedToken } from "./embed-token.ts";
import { RATE_LIMITS, type RateLimitClass } from "./rate-limit.ts";
import type { Session } from "./session.ts";

export type AccessOptions = {
  db: Database;
  bus: Bus;
  log: Log;
  /** Where people reach us; null while nobody has said so. */
  publicUrl: string | null;
  /** Signs session cookies and hides addresses in the limiter's table. */
  sessionSecret: string;
  trustedProxies: number;
  rateLimitScale: number;
  clock?: () => Date;
};

export type KnownKey = { actor: KeyActor; touchedAt: number };
export type KnownSession = { session: Session; readAt: number; touchedAt: number };

/** What one instance keeps to tell who asks: look-ups, counters and better-auth. */
export type Access = {
  db: Database;
  log: Log;
  clock: () => Date;
  identity: Identity;
  passwords: PasswordHasher;
  limiter: RateLimiter<RateLimitClass>;
  keys: SharedCache<KnownKey>;
  sessions: SharedCache<KnownSession>;
  embedTokens: SharedCache<EmbedToken>;
  embedCookie: string;
  publicOrigin: string | null;
  addressOf: AddressReader;
  /** Says, after the commit, that a key, a user's sessions or memberships, or an embed token changed. */
  announce(notice: AccessNotice): void;
  /** Told when something of the actor's may have changed, on whatever instance. Answers how to stop it. */
  onChange(actor: Actor, tell: () => void): () => void;
  close(): void;
};

function noticeOf(actor: Actor): AccessNotice | null {
  if (actor.kind === "key") return `key:${actor.keyId}`;
  return "userId" in actor && actor.userId !== null ? `user:${actor.userId}` : null;
}

export type AccessNotice = `key:${string}` | `user:${string}` | "*";

const TOPIC = "access";
/** How long a change may go unnoticed when the bus lost its notice. */
const KEPT_MS = 30_000;
const ENTRIES_MAX = 10_000;
const EMBED_COOKIE = "referralhub_embed";
const UNKNOWN_URL = "http://localhost";

export function openAccess(options: AccessOptions): Access {
  const { db, bus, log, publicUrl, sessionSecret } = options;
  const passwords = new PasswordHasher();
  const newId = createIdSource(Date.now);
  const identity = openIdentity({
    db,
    newId,
    passwords,
    secret: sessionSecret,
    publicUrl: publicUrl ?? UNKNOWN_URL,
    log,
  });
  const kept = { bus, topic: TOPIC, ttlMs: KEPT_MS, entriesMax: ENTRIES_MAX };
  const keys = new SharedCache<KnownKey>({
    ...kept,
    concerns: (key, notice) => notice === `key:${key.actor.keyId}`,
  });
  const sessions = new SharedCache<KnownSession>({
    ...kept,
    concerns: ({ session }, notice) => notice === `user:${session.userId}`,
  });
  const embedTokens = new SharedCache<EmbedToken>({ ...kept, concerns: () => false });
  return {
    db,
    log,
    clock: options.clock ?? (() => new Date()),
    identity,
    passwords,
    limiter: new RateLimiter({
      db,
      limits: RATE_LIMITS,
      scale: options.rateLimitScale,
      secret: sessionSecret,
    }),
    keys,
    sessions,
    embedTokens,
    embedCookie: publicUrl?.startsWith("https:") ? `__Host-${EMBED_COOKIE}` : EMBED_COOKIE,
    publicOrigin: publicUrl === null ? null : new URL(publicUrl).origin,
    addressOf: createAddressReader(options.trustedProxies),
    announce: (notice) => bus.publish(TOPIC, notice),
    onChange: (actor, tell) =>
      bus.subscribe(TOPIC, (notice) => {
        if (notice === "*" || notice === noticeOf(actor)) tell();
      }),
    close: () => {
      for (const cache of [keys, sessions, embedTokens]) cache.close();
    },
  };
}
