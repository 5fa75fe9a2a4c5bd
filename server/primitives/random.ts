/** Chance that repeats itself: the same seed number tells the same story. */
export type Random = {
  /** From 0 up to, not including, 1. */
  unit(): number;
  chance(probability: number): boolean;
  between(low: number, high: number): number;
  whole(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** The place of one of the weights, more often a heavier one. */
  weighted(weights: readonly number[]): number;
  normal(): number;
  /** Waiting time until something that happens once in `mean` on average. */
  exponential(mean: number): number;
  /** Mostly a little above 1, now and then very much: how people differ. */
  pareto(shape: number, highest: number): number;
};

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    whole,
    chance: (probability) => unit() < probability,
    between: (low, high) => low + unit() * (high - low),
    pick: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    weighted: (weights) => {
      let left = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      const place = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return place === -1 ? weights.length - 1 : place;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    exponential: (mean) => -mean * Math.log(1 - unit()),
    pareto: (shape, highest) => Math.min(highest, (1 - unit()) ** (-1 / shape)),
  };
}
