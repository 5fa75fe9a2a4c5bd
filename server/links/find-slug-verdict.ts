import type { Reader } from "../platform/database.ts";
import { lookOf, type SlugRules, slugProblem, slugsNear } from "./slug.ts";
import { listTaken } from "./store.ts";

export type SlugVerdict = {
  isAvailable: boolean;
  reason: { code: string; message: string } | null;
  suggestions: string[];
};

const SUGGESTIONS_MAX = 3;
const TAKEN = { code: "slug_taken", message: "Somebody has this address, or one that looks like it." };

/** Whether an address can be chosen now, for a link that may have it already; where not, what is near and free. */
export async function findSlugVerdict(
  reader: Reader,
  slug: string,
  { linkId, name, rules }: { linkId: string | null; name: string; rules: SlugRules },
): Promise<SlugVerdict> {
  const problem = slugProblem(slug, rules);
  const near = slugsNear(slug, name, rules);
  const asked = problem === null ? [slug, ...near] : near;
  const taken = await listTaken(reader, asked, asked.map(lookOf));
  const ofOthers = taken.filter((row) => row.linkId !== linkId);
  const isFree = (one: string): boolean =>
    !ofOthers.some((row) => row.code === one || row.look === lookOf(one));
  if (problem === null && isFree(slug)) return { isAvailable: true, reason: null, suggestions: [] };
  return {
    isAvailable: false,
    reason: problem ?? TAKEN,
    suggestions: near.filter(isFree).slice(0, SUGGESTIONS_MAX),
  };
}
