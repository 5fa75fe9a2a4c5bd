import path from "node:path";
import { runProgram } from "./processes.ts";
import type { Load } from "./sample.ts";

export type HttpLoad = {
  url: string;
  /** A file of `loads/`, without its ending. */
  script: string;
  connections: number;
  args?: readonly string[];
  /** What one request stands for; 1 unless it carries several. */
  rowsPerRequest?: number;
};

const LOADS = path.join(import.meta.dirname, "loads");
const ANSWER_SECONDS_MAX = 10;
const GRACE_SECONDS = 30;

/** Keeps that many connections busy for a while. A single answer that is no success makes the round worthless. */
export async function runWrk(program: string, load: HttpLoad, seconds: number): Promise<Load> {
  const { url, script, connections, args = [], rowsPerRequest = 1 } = load;
  const text = await runProgram(
    program,
    [
      "--threads=1",
      `--connections=${connections}`,
      `--duration=${seconds}s`,
      `--timeout=${ANSWER_SECONDS_MAX}s`,
      "--latency",
      `--script=${script}.lua`,
      url,
      "--",
      ...args,
    ],
    { cwd: LOADS, secondsMax: seconds + GRACE_SECONDS },
  );
  const line = text.split("\n").findLast((one) => one.startsWith("{")) ?? "{}";
  const seen: Record<"requests" | "micros" | "p50" | "p99" | "failed", number> = JSON.parse(line);
  if (seen.failed > 0) throw new Error(`${seen.failed} of ${seen.requests} requests of ${script} failed.`);
  if (!(seen.requests > 0)) throw new Error(`Nothing was answered to ${script}:\n${text}`);
  const done = seen.requests * rowsPerRequest;
  return {
    done,
    perSecond: (done / seen.micros) * 1_000_000,
    p50Ms: seen.p50 / 1_000,
    p99Ms: seen.p99 / 1_000,
  };
}
