import type { Sample } from "./sample.ts";

/** One load, for so many seconds. */
export type Round = (seconds: number) => Promise<Sample>;

/** Code is compiled and plans are made in the first moments of a load. */
const WARM_UP_SECONDS_MAX = 3;

/**
 * Runs several loads in turn, round after round, so that what the machine does meanwhile happens to all of
 * them. Every other round goes backwards: nobody always comes after the same neighbour. One that is null
 * has no samples.
 */
export async function interleave<Name extends string>(
  series: Record<Name, Round | null>,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Record<Name, Sample[]>> {
  const loads = Object.entries<Round | null>(series).map(([name, run]) => ({
    name,
    run,
    samples: [] as Sample[],
  }));
  for (const { run } of loads) await run?.(Math.min(WARM_UP_SECONDS_MAX, seconds));
  for (let round = 0; round < rounds; round++) {
    for (const { run, samples } of round % 2 === 0 ? loads : loads.toReversed())
      if (run) samples.push(await run(seconds));
  }
  return Object.fromEntries(loads.map(({ name, samples }) => [name, samples])) as Record<Name, Sample[]>;
}
