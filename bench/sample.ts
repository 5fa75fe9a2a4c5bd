import { type CpuTime, readCpuTime } from "./cpu.ts";
import { type Cost, median } from "./figure.ts";

/** What one load did in one round. */
export type Sample = {
  perSecond: number;
  /** Milliseconds from question to answer. */
  p50Ms: number;
  p99Ms: number;
  done: number;
  cost: Cost | null;
};

export type Load = Omit<Sample, "cost">;

/** Runs a load and looks at the processor time that the server and PostgreSQL spent meanwhile. */
export async function sampled(
  load: () => Promise<Load>,
  pids: { node: number; postgres: number },
): Promise<Sample> {
  const before = readCpuTime(pids.node, pids.postgres);
  const answer = await load();
  const after = readCpuTime(pids.node, pids.postgres);
  return { ...answer, cost: before && after && costOf(before, after, answer.done) };
}

/** Side by side, the middle of all rounds. */
export function costOfRounds(samples: readonly Sample[]): Cost | null {
  const costs = samples.map(({ cost }) => cost).filter((cost) => cost !== null);
  if (costs.length === 0) return null;
  return {
    node: median(costs.map(({ node }) => node)),
    postgres: median(costs.map(({ postgres }) => postgres)),
  };
}

function costOf(before: CpuTime, after: CpuTime, done: number): Cost {
  return { node: (after.node - before.node) / done, postgres: (after.postgres - before.postgres) / done };
}
