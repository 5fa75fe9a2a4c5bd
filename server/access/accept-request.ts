import type { Allowance } from "../platform/rate-limiter.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Actor } from "./actor.ts";
import type { Access } from "./open-access.ts";
import { type RateLimitClass, rateLimitKey } from "./rate-limit.ts";

/** Counts a request; refuses it when its class is used up. At once in the common case. */
export function acceptRequest(
  access: Access,
  limit: RateLimitClass,
  actor: Actor,
  address: string,
): Allowance | Promise<Allowance> {
  const taken = access.limiter.take(limit, rateLimitKey(limit, actor, address));
  return "then" in taken ? taken.then(orRefuse) : orRefuse(taken);
}

function orRefuse(allowance: Allowance): Allowance {
  if (!allowance.isAllowed)
    throw new Refusal("rate_limited", {
      facts: { limit: allowance.limit, retry_after: allowance.resetSeconds },
    });
  return allowance;
}
