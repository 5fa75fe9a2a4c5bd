import fs from "node:fs";

/** Processor time used so far, in microseconds. */
export type CpuTime = { node: number; postgres: number };

const TICKS_PER_SECOND = 100;
const MICROS_PER_TICK = 1_000_000 / TICKS_PER_SECOND;

type ProcessTime = { parent: number; own: number; ended: number };

/** Of the server and of all of PostgreSQL; null where the system does not tell. */
export function readCpuTime(nodePid: number, postmasterPid: number): CpuTime | null {
  const node = readProcess(nodePid);
  const postmaster = readProcess(postmasterPid);
  if (!node || !postmaster) return null;
  const backends = listPids()
    .map(readProcess)
    .filter((one) => one?.parent === postmasterPid);
  // Connections that have ended since are in what the postmaster has collected of them.
  const ticks = backends.reduce((sum, one) => sum + (one?.own ?? 0), postmaster.own + postmaster.ended);
  return { node: node.own * MICROS_PER_TICK, postgres: ticks * MICROS_PER_TICK };
}

function listPids(): number[] {
  return fs.readdirSync("/proc").map(Number).filter(Number.isInteger);
}

/** See proc_pid_stat(5). The name, in brackets, may itself hold blanks and brackets. */
function readProcess(pid: number): ProcessTime | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const at = (index: number): number => Number(fields[index] ?? 0);
    return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    return null;
  }
}
