import type { Counters, CounterUse } from "./counter.ts";

/** Counters while one conversion is settled: what it uses is seen by what comes after. */
export type Tally = Counters & {
  /** As it stood before the conversion. */
  before(key: string): bigint;
  add(use: CounterUse): void;
  /** Everything added, one entry for each counter. */
  uses(): CounterUse[];
  /** Every counter that was looked at, as it stood before. */
  readings(): [key: string, value: bigint][];
};

export function openTally(counters: Counters): Tally {
  const readings = new Map<string, bigint>();
  const added = new Map<string, bigint>();
  const before = (key: string): bigint => {
    if (isForgotten(key)) return 0n;
    const known = readings.get(key);
    if (known !== undefined) return known;
    const value = counters.get(key);
    readings.set(key, value);
    return value;
  };
  return {
    before,
    get: (key) => before(key) + (added.get(key) ?? 0n),
    add: ({ key, amount }) => void added.set(key, (added.get(key) ?? 0n) + amount),
    uses: () => {
      const uses: CounterUse[] = [];
      for (const [key, amount] of added) if (amount !== 0n && !isForgotten(key)) uses.push({ key, amount });
      return uses;
    },
    readings: () => [...readings],
  };
}

/** Counters as they were read once; put in order only when somebody asks. */
export function countersOf(readings: readonly (readonly [string, bigint])[]): Counters {
  let values: Map<string, bigint> | null = null;
  return {
    get(key) {
      values ??= new Map(readings);
      return values.get(key) ?? 0n;
    },
  };
}

/** Of a cap on one conversion: counted while that is settled, and forgotten after it. */
export const withinKey = (capId: string): string => `${WITHIN}${capId}`;
export const isForgotten = (key: string): boolean => key.startsWith(WITHIN);
const WITHIN = "within:";
