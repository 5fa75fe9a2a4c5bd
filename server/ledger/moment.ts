import { parseInstant } from "../primitives/instant.ts";
import { Refusal } from "../primitives/refusal.ts";

/**
 * A moment to look back to: what had happened by `asOf`, as far as it was known at `knownAt`. Null: by now. What is
 * reported late happened before it was known.
 */
export type Moment = { asOf: Date | null; knownAt: Date | null };

export function momentOf(query: { as_of?: string; known_at?: string }): Moment {
  return { asOf: instantOf(query.as_of, "as_of"), knownAt: instantOf(query.known_at, "known_at") };
}

export function isNow({ asOf, knownAt }: Moment): boolean {
  return asOf === null && knownAt === null;
}

/** A time in the address, or null where there is none. */
export function instantOf(text: string | undefined, name: string): Date | null {
  if (text === undefined) return null;
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  const message = "There is no such time.";
  throw new Refusal("invalid_request", {
    errors: [{ pointer: `/query/${name}`, code: "invalid_time", message }],
  });
}
