import Type, { type Static } from "typebox";
import type { ParticipantId } from "../participants/participant.ts";
import { parseMultiplier, RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { type Counters, pointsKey, qualifiedKey } from "./counter.ts";
import { Multiplier, repeatedIds, ShortId } from "./parameter.ts";

const TIERS_MAX = 20;
const THRESHOLD_MAX = 1_000_000_000;

const Threshold = (title: string, description: string) =>
  Type.Optional(Type.Integer({ title, description, minimum: 0, maximum: THRESHOLD_MAX }));

const TierEntry = Type.Object(
  {
    id: ShortId,
    name: Type.String({ title: "Name", description: "What advocates read.", minLength: 1, maxLength: 100 }),
    at_least: Type.Object(
      {
        qualified: Threshold("Qualified referrals", "So many qualified referrals of their own."),
        points: Threshold("Points", "So many points granted and not taken back."),
      },
      {
        title: "From",
        description: "What a holder of this tier has reached; all that is given must be.",
        additionalProperties: false,
        minProperties: 1,
      },
    ),
    multiplier: Type.Optional(Multiplier),
  },
  { additionalProperties: false },
);

export const Tiers = Type.Array(TierEntry, {
  title: "Tiers",
  description: "Steps an advocate climbs, lowest first; the last one reached multiplies what they earn.",
  maxItems: TIERS_MAX,
});

export type Tier = {
  id: string;
  name: string;
  qualifiedMin: bigint | null;
  pointsMin: bigint | null;
  multiplier: Rate;
};

export function readTiers(entries: Static<typeof Tiers> = []): Tier[] {
  return entries.map(({ id, name, at_least: { qualified, points }, multiplier }) => ({
    id,
    name,
    qualifiedMin: qualified === undefined ? null : BigInt(qualified),
    pointsMin: points === undefined ? null : BigInt(points),
    multiplier: (multiplier === undefined ? null : parseMultiplier(multiplier)) ?? RATE_ONE,
  }));
}

export function tierProblems(entries: Static<typeof Tiers> = []): FieldProblem[] {
  const zero = entries.flatMap(({ multiplier }, index) =>
    multiplier === undefined || parseMultiplier(multiplier) !== 0n
      ? []
      : [
          {
            pointer: `/tiers/${index}/multiplier`,
            code: "too_small",
            message: "A tier cannot take everything away; use at least 0.0001.",
          },
        ],
  );
  return [...repeatedIds(entries, "/tiers", "tier"), ...zero];
}

/** The last tier whose thresholds somebody has reached; null below the first. */
function tierOf(tiers: readonly Tier[], participantId: ParticipantId, counters: Counters): Tier | null {
  return (
    tiers.findLast(
      ({ qualifiedMin, pointsMin }) =>
        (qualifiedMin === null || counters.get(qualifiedKey(participantId)) >= qualifiedMin) &&
        (pointsMin === null || counters.get(pointsKey(participantId)) >= pointsMin),
    ) ?? null
  );
}

/** The tier of somebody; null below the first. */
export type TierOf = (participantId: ParticipantId) => Tier | null;

/** Rules, promotions and amounts all ask: whoever has been looked at is known for the rest of the conversion. */
export function rememberTiers(tiers: readonly Tier[], counters: Counters): TierOf {
  if (tiers.length === 0) return () => null;
  const known = new Map<ParticipantId, Tier | null>();
  return (participantId) => {
    let tier = known.get(participantId);
    if (tier === undefined) {
      tier = tierOf(tiers, participantId, counters);
      known.set(participantId, tier);
    }
    return tier;
  };
}

/** Each tier that is named and not there. */
export function unknownTiers(
  names: readonly string[],
  known: (id: string) => boolean,
  at: string,
): FieldProblem[] {
  return names.flatMap((name, index) =>
    known(name)
      ? []
      : [{ pointer: `${at}/${index}`, code: "unknown_tier", message: `The plan has no tier "${name}".` }],
  );
}
