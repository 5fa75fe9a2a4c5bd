/** What somebody came by: a code they typed or carried, a link they followed, an invitation sent to them. */
export const TOUCH_KINDS = ["code", "click", "invitation"] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

/** A touch that may win, as a model sees it. `key` tells it from every other. */
export type Candidate = { kind: TouchKind; at: Date; key: string };

export type Loss = "later_touch_won" | "earlier_touch_won" | "code_won";

/** Who of several advocates has brought somebody: an order of their touches, of which the first wins. */
export type AttributionModel = {
  name: string;
  title: string;
  /** What it decides by, in a sentence for whoever asks why. */
  sentence: string;
  /** Below zero where `a` stands before `b`; zero where the model does not tell them apart. */
  compare(a: Candidate, b: Candidate): number;
  /** Why one lost against the winner. */
  lossOf(loser: Candidate, winner: Candidate): Loss;
};

/** Of what happened at the same moment, whatever was meant more. */
const RANK: Readonly<Record<TouchKind, number>> = { code: 0, invitation: 1, click: 2 };

/** The touch that counts, whatever order they came in; null of none. */
export function winnerOf<Touch extends Candidate>(
  { compare }: AttributionModel,
  touches: readonly Touch[],
): Touch | null {
  const [first, ...others] = touches;
  if (first === undefined) return null;
  return others.reduce((best, touch) => {
    const order = compare(touch, best) || RANK[touch.kind] - RANK[best.kind];
    return (order || (touch.key < best.key ? -1 : 1)) < 0 ? touch : best;
  }, first);
}

/** By time alone: what lost came before the winner, or after it. */
export function lossByTime(loser: Candidate, winner: Candidate): Loss {
  return loser.at.getTime() > winner.at.getTime() ? "earlier_touch_won" : "later_touch_won";
}
