import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { percentile } from "./figure.ts";
import { type Address, REFERENCE } from "./owner.ts";
import { runProgram } from "./processes.ts";
import type { Load } from "./sample.ts";

export type SqlLoad = {
  /** A file of `references/`, without its ending. */
  script: string;
  clients: number;
};

export const REFERENCES = path.join(import.meta.dirname, "references");
const GRACE_SECONDS = 30;
/** One in so many calls is written down with its time. */
const SAMPLES_KEPT_MAX = 20_000;

/** Calls prepared statements over the socket from that many connections, each with the next when one is durable. */
export async function runPgbench(
  program: string,
  address: Address,
  load: SqlLoad,
  seconds: number,
): Promise<Load> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-pgbench-"));
  try {
    const text = await runProgram(program, argumentsOf(address, load, seconds, folder), {
      cwd: folder,
      env: { ...process.env, PGPASSWORD: address.password },
      secondsMax: seconds + GRACE_SECONDS,
    });
    const done = Number(/transactions actually processed: (\d+)/.exec(text)?.[1]);
    const perSecond = Number(/tps = ([\d.]+) \(without/.exec(text)?.[1]);
    if (!(done > 0 && perSecond > 0)) throw new Error(`pgbench did nothing:\n${text}`);
    const times = readTimes(folder);
    return { done, perSecond, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function argumentsOf(
  address: Address,
  { script, clients }: SqlLoad,
  seconds: number,
  folder: string,
): string[] {
  return [
    ...["--host", address.host, "--port", String(address.port), "--username", address.user],
    ...["--no-vacuum", "--protocol=prepared", `--client=${clients}`, "--jobs=1", `--time=${seconds}`],
    ...["--log", `--log-prefix=${path.join(folder, "calls")}`],
    // Writing down every call would slow down many clients; of one client each call counts.
    ...(clients > 1 ? ["--sampling-rate=0.01"] : []),
    `--file=${path.join(REFERENCES, `${script}.pgb`)}`,
    REFERENCE,
  ];
}

/** The third field of a line is the time of the call in microseconds. */
function readTimes(folder: string): number[] {
  return fs
    .readdirSync(folder)
    .flatMap((name) => fs.readFileSync(path.join(folder, name), "utf8").trim().split("\n"))
    .slice(0, SAMPLES_KEPT_MAX)
    .map((line) => Number(line.split(" ")[2]) / 1_000);
}
