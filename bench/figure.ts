/** What a number must be at least or at most. */
export type Goal = { kind: "at_least" | "at_most"; value: number };

/** Processor time of one operation, in microseconds. */
export type Cost = { node: number; postgres: number };

/** One line of the result. `ours` and `reference` are medians; the ratio is the median of each round's own. */
export type Figure = {
  name: string;
  unit: Unit;
  ours: number;
  rounds: number[];
  reference: { name: string; value: number; rounds: number[] } | null;
  ratio: number | null;
  goal: (Goal & { of: "ratio" | "figure" }) | null;
  met: boolean | null;
  cost: Cost | null;
};

export type Unit = "per_second" | "ms";

export type Wish = {
  name: string;
  unit: Unit;
  rounds: readonly number[];
  /** Empty rounds: the reference could not run. */
  reference?: { name: string; rounds: readonly number[] };
  /** How the ratio reads: our figure over the reference, or how many times slower than it we are. */
  ratio?: "ours_to_reference" | "reference_to_ours";
  /** Of the ratio where there is a reference, else of the figure itself. */
  goal?: Goal;
  cost?: Cost | null;
};

export const atLeast = (value: number): Goal => ({ kind: "at_least", value });
export const atMost = (value: number): Goal => ({ kind: "at_most", value });

export function figureOf(wish: Wish): Figure {
  const { name, unit, rounds, goal } = wish;
  const ours = median(rounds);
  const reference = wish.reference?.rounds.length ? wish.reference : null;
  const ratio = reference
    ? median(ratiosOf(rounds, reference.rounds, wish.ratio ?? "ours_to_reference"))
    : null;
  // Without its reference a goal stays open.
  const judged = wish.reference ? ratio : ours;
  return {
    name,
    unit,
    ours,
    rounds: [...rounds],
    reference: reference
      ? { name: reference.name, value: median(reference.rounds), rounds: [...reference.rounds] }
      : null,
    ratio,
    goal: goal ? { ...goal, of: wish.reference ? "ratio" : "figure" } : null,
    met: goal && judged !== null ? isMet(goal, judged) : null,
    cost: wish.cost ?? null,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined) return Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? upper)) / 2;
}

/** The smallest value that at least `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function isMet(goal: Goal, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return goal.kind === "at_least" ? value >= goal.value : value <= goal.value;
}

/** Round by round, so that what slows a whole round slows both of its sides. */
function ratiosOf(
  ours: readonly number[],
  reference: readonly number[],
  direction: NonNullable<Wish["ratio"]>,
): number[] {
  if (ours.length !== reference.length) throw new Error("A ratio needs as many rounds on both sides.");
  return ours.map((value, round) => {
    const other = reference[round] ?? Number.NaN;
    return direction === "ours_to_reference" ? value / other : other / value;
  });
}
