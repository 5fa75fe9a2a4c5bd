import { type Actor, actorId } from "./actor.ts";
import { addressKey } from "./client-address.ts";

/**
 * The limits, each per key and window, shared by all instances. Those of machines guard against a
 * runaway loop, not against load; those of people guard against guessing.
 */
export const RATE_LIMITS = {
  /** Guesses at a password or token: a sign-in that succeeds gives its point back. */
  sign_in: { limit: 10, windowSeconds: 300 },
  /** The same, counted for the account they aim at. */
  sign_in_account: { limit: 10, windowSeconds: 300 },
  /** Mails somebody asks for to sign in, by the account they are for. */
  sign_in_mail: { limit: 5, windowSeconds: 900 },
  setup: { limit: 10, windowSeconds: 60 },
  public_page: { limit: 600, windowSeconds: 60 },
  /** Sign-ups through the hosted form: a room full of people behind one address, not a robot. */
  join: { limit: 120, windowSeconds: 60 },
  read: { limit: 3_000_000, windowSeconds: 60 },
  write: { limit: 3_000_000, windowSeconds: 60 },
  money: { limit: 3_000_000, windowSeconds: 60 },
  click: { limit: 3_000_000, windowSeconds: 60 },
  /** Guesses at link codes. */
  unknown_code: { limit: 30_000, windowSeconds: 60 },
  /** Guesses at API keys and embed tokens. */
  unknown_credential: { limit: 6_000, windowSeconds: 60 },
} as const;

export type RateLimitClass = keyof typeof RATE_LIMITS;

/** Whom a class counts. */
const COUNTS: Record<RateLimitClass, "address" | "actor"> = {
  sign_in: "address",
  sign_in_account: "address",
  sign_in_mail: "address",
  setup: "address",
  public_page: "address",
  join: "address",
  read: "actor",
  write: "actor",
  money: "actor",
  click: "address",
  unknown_code: "address",
  unknown_credential: "address",
};

/** The key to count a request under. A visitor is known by address only. */
export function rateLimitKey(limit: RateLimitClass, actor: Actor, address: string): string {
  const known = COUNTS[limit] === "actor" ? actorId(actor) : null;
  return known ?? addressKey(address);
}
