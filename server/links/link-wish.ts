import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import type { DestinationVerdict } from "../programs/destination.ts";
import { parseDestination } from "../programs/destination.ts";
import type { Program } from "../programs/program.ts";
import { type LinkParameters, parameterProblems } from "./link-parameters.ts";
import { type SlugRules, slugProblem } from "./slug.ts";

/** What somebody wants of a link; what is left out stays as it is. */
export type LinkWish = {
  label?: string | null;
  channel?: string | null;
  /** Null: the code we made. */
  slug?: string | null;
  destinationUrl?: string | null;
  parameters?: LinkParameters;
  expiresAt?: Date | null;
  maxUses?: number | null;
};

type Rules = { program: Pick<Program, "destinationUrl" | "linkDomains">; slugs: SlugRules; now: Date };

/** The wish as it can be granted; refuses what cannot, every field with its reason. */
export function checkLinkWish(wish: LinkWish, { program, slugs, now }: Rules): LinkWish {
  const errors: FieldProblem[] = [];
  const slug = wish.slug ? slugProblem(wish.slug, slugs) : null;
  if (slug) errors.push({ pointer: "/slug", ...slug });
  const destination: DestinationVerdict | null = wish.destinationUrl
    ? parseDestination(wish.destinationUrl, program)
    : null;
  if (destination?.kind === "refused")
    errors.push({ pointer: "/destination_url", code: destination.code, message: destination.message });
  errors.push(...parameterProblems(wish.parameters ?? {}));
  if (wish.expiresAt && wish.expiresAt <= now)
    errors.push({
      pointer: "/expires_at",
      code: "in_the_past",
      message: "Choose a time that is still to come.",
    });
  if (errors.length > 0) throw new Refusal("invalid_link", { errors });
  return destination?.kind === "allowed" ? { ...wish, destinationUrl: destination.url } : wish;
}
